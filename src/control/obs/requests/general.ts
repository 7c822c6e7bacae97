import { statfs } from 'node:fs/promises';
import { release } from 'node:os';
import { z } from 'zod';
import { monotonicMs } from '../../../core/clock.js';
import { obsEvent } from '../event-catalogue.js';
import { OBS_VERSION, OBS_WEBSOCKET_VERSION, RPC_VERSION, requestStatus } from '../protocol.js';
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
  GetVersion: defineRequest({
    summary: 'Gives the versions that are spoken here, and the requests that are answered.',
    request: z.object({}),
    response: z.object({
      obsVersion: z.string(),
      obsWebSocketVersion: z.string(),
      rpcVersion: z.int(),
      availableRequests: z.array(z.string()),
      supportedImageFormats: z.array(z.string()),
      platform: z.string(),
      platformDescription: z.string(),
    }),
    minimumRole: 'viewer',
    answer: (_data, context) => ({
      obsVersion: OBS_VERSION,
      obsWebSocketVersion: OBS_WEBSOCKET_VERSION,
      rpcVersion: RPC_VERSION,
      availableRequests: context.requestTypes,
      supportedImageFormats: SUPPORTED_IMAGE_FORMATS,
      platform: process.platform,
      platformDescription: `glasshall (${process.platform} ${release()})`,
    }),
  }),

  GetStats: defineRequest({
    summary: 'Gives figures: processor in per cent, memory and disk in mebibytes, frame time in milliseconds, frames.',
    request: z.object({}),
    response: z.object({
      cpuUsage: z.number(),
      memoryUsage: z.number(),
      availableDiskSpace: z.number(),
      activeFps: z.number(),
      averageFrameRenderTime: z.number(),
      renderSkippedFrames: z.int(),
      renderTotalFrames: z.int(),
      outputSkippedFrames: z.int(),
      outputTotalFrames: z.int(),
      webSocketSessionIncomingMessages: z.int(),
      webSocketSessionOutgoingMessages: z.int(),
    }),
    minimumRole: 'viewer',
    answer: async (_data, context) => {
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
    },
  }),

  BroadcastCustomEvent: defineRequest({
    summary: 'Sends a `CustomEvent` to every client.',
    request: z.object({ eventData: z.record(z.string(), z.unknown()) }),
    response: null,
    minimumRole: 'operator',
    answer: ({ eventData }, context) => {
      context.broadcast(obsEvent('CustomEvent', eventData));
      return undefined;
    },
  }),

  Sleep: defineRequest({
    summary: 'Waits within a serial batch: milliseconds in one in real time, frames of the wall in one by frames.',
    request: z.object({
      sleepMillis: z.number().min(0).max(50_000).optional(),
      sleepFrames: z.number().min(0).max(10_000).optional(),
    }),
    response: null,
    minimumRole: 'viewer',
    answer: async (data, { sleep, engine }) => {
      if (sleep === null) throw new RequestRefusal(requestStatus.unsupportedRequestBatchExecutionType);
      const field = sleep.unit === 'frames' ? 'sleepFrames' : 'sleepMillis';
      const given = data[field];
      if (given === undefined) {
        throw new RequestRefusal(requestStatus.missingRequestField, `Your request is missing the \`${field}\` field.`);
      }
      const unitMs = sleep.unit === 'frames' ? 1_000 / engine.wall.framesPerSecond : 1;
      const isAwake = await sleep.forMs(given * unitMs);
      if (!isAwake) throw new RequestRefusal(requestStatus.requestProcessingFailed, 'The connection has ended.');
      return undefined;
    },
  }),
};
