import { statfs } from 'node:fs/promises';
import { release } from 'node:os';
import { z } from 'zod';
import { monotonicMs } from '../../../core/clock.js';
import { OBS_VERSION, OBS_WEBSOCKET_VERSION, RPC_VERSION, eventSubscription, requestStatus } from '../protocol.js';
import { RequestRefusal, defineRequest, type RequestDefinition } from '../request.js';
import { SUPPORTED_IMAGE_FORMATS } from './sources.js';

const MEGABYTE = 1_048_576;

let cpuSample = { atMs: monotonicMs(), micros: 0, percent: 0 };

/** Share of one processor that this process used since it was last asked (at least a second ago), per cent. */
function cpuPercent(): number {
  const nowMs = monotonicMs();
  const passedMs = nowMs - cpuSample.atMs;
  if (passedMs >= 1_000) {
    const { user, system } = process.cpuUsage();
    const percent = (user + system - cpuSample.micros) / 10 / passedMs;
    cpuSample = { atMs: nowMs, micros: user + system, percent };
  }
  return cpuSample.percent;
}

/** "General Requests", apart from hotkeys and vendors. */
export const generalRequests: Readonly<Record<string, RequestDefinition>> = {
  GetVersion: defineRequest(z.object({}), 'viewer', (_data, context) => ({
    obsVersion: OBS_VERSION,
    obsWebSocketVersion: OBS_WEBSOCKET_VERSION,
    rpcVersion: RPC_VERSION,
    availableRequests: context.requestTypes,
    supportedImageFormats: SUPPORTED_IMAGE_FORMATS,
    platform: process.platform,
    platformDescription: `glasshall (${process.platform} ${release()})`,
  })),

  GetStats: defineRequest(z.object({}), 'viewer', async (_data, context) => {
    const statistics = context.engine.statistics();
    const outputs = context.engine.outputs();
    const disk = await statfs('.');
    return {
      cpuUsage: cpuPercent(),
      memoryUsage: process.memoryUsage.rss() / MEGABYTE,
      availableDiskSpace: (disk.bavail * disk.bsize) / MEGABYTE,
      activeFps: statistics.ticksPerSecond,
      averageFrameRenderTime: statistics.meanTickMs,
      renderSkippedFrames: statistics.missedTicks,
      renderTotalFrames: statistics.ticks,
      outputSkippedFrames: outputs.reduce((sum, output) => sum + output.droppedFrames, 0),
      outputTotalFrames: outputs.reduce((sum, output) => sum + output.frames, 0),
      webSocketSessionIncomingMessages: context.session.incomingMessages,
      webSocketSessionOutgoingMessages: context.session.outgoingMessages,
    };
  }),

  BroadcastCustomEvent: defineRequest(
    z.object({ eventData: z.record(z.string(), z.unknown()) }),
    'operator',
    ({ eventData }, context) => {
      context.broadcast({ eventType: 'CustomEvent', eventIntent: eventSubscription.general, eventData });
      return undefined;
    },
  ),

  Sleep: defineRequest(
    z.object({
      sleepMillis: z.number().min(0).max(50_000).optional(),
      sleepFrames: z.number().min(0).max(10_000).optional(),
    }),
    'viewer',
    async ({ sleepMillis, sleepFrames }, context) => {
      if (context.sleep === null) throw new RequestRefusal(requestStatus.unsupportedRequestBatchExecutionType);
      const framesMs = sleepFrames === undefined ? null : (sleepFrames * 1_000) / context.engine.wall.framesPerSecond;
      const durationMs = sleepMillis ?? framesMs;
      if (durationMs === null) {
        const comment = 'Your request is missing the `sleepMillis` field.';
        throw new RequestRefusal(requestStatus.missingRequestField, comment);
      }
      const isAwake = await context.sleep(durationMs);
      if (!isAwake) throw new RequestRefusal(requestStatus.requestProcessingFailed, 'The connection has ended.');
      return undefined;
    },
  ),
};
