import { z } from 'zod';
import type { OutputStatus } from '../../engine.js';
import { nameField } from '../lookups.js';
import { requestStatus } from '../protocol.js';
import { RequestRefusal, defineRequest, type RequestContext, type RequestDefinition } from '../request.js';

const outputFields = { outputName: nameField };

function requireOutput(outputName: string, context: RequestContext): OutputStatus {
  const output = context.engine.outputs().find((candidate) => candidate.output === outputName);
  if (output !== undefined) return output;
  throw new RequestRefusal(requestStatus.resourceNotFound, `No output was found with the name \`${outputName}\`.`);
}

function timecode(durationMs: number): string {
  const part = (value: number, digits: number): string => Math.floor(value).toString().padStart(digits, '0');
  const seconds = durationMs / 1_000;
  return `${part(seconds / 3_600, 2)}:${part((seconds / 60) % 60, 2)}:${part(seconds % 60, 2)}.${part(durationMs % 1_000, 3)}`;
}

/** An output that never runs, as the streaming and recording of OBS appear here. */
const idleOutput = { outputActive: false, outputBytes: 0, outputDuration: 0, outputTimecode: timecode(0) } as const;

function alwaysOn(): never {
  const comment = 'The outputs of the wall run for as long as the wall does.';
  throw new RequestRefusal(requestStatus.invalidResourceState, comment);
}

function notAvailable(what: string): never {
  throw new RequestRefusal(requestStatus.invalidResourceState, `${what} is not available.`);
}

/** "Outputs Requests", with "Stream" and "Record", which clients ask for when they connect. */
export const outputRequests: Readonly<Record<string, RequestDefinition>> = {
  GetOutputList: defineRequest(z.object({}), 'viewer', (_data, { engine }) => ({
    outputs: engine.outputs().map((output) => ({
      outputName: output.output,
      outputKind: `glasshall_${output.type}`,
      outputWidth: engine.wall.widthPx,
      outputHeight: engine.wall.heightPx,
      outputActive: true,
      outputFlags: {
        OBS_OUTPUT_AUDIO: false,
        OBS_OUTPUT_VIDEO: true,
        OBS_OUTPUT_ENCODED: false,
        OBS_OUTPUT_MULTI_TRACK: false,
        OBS_OUTPUT_SERVICE: false,
      },
    })),
  })),

  GetOutputStatus: defineRequest(z.object(outputFields), 'viewer', ({ outputName }, context) => {
    const output = requireOutput(outputName, context);
    const durationMs = Math.max(0, Math.round(Date.now() - context.engine.statistics().startedAtMs));
    return {
      outputActive: true,
      outputReconnecting: output.reachability.state === 'unreachable',
      outputTimecode: timecode(durationMs),
      outputDuration: durationMs,
      outputCongestion: 0,
      outputBytes: output.frames * context.engine.wall.widthPx * context.engine.wall.heightPx * 3,
      outputSkippedFrames: output.droppedFrames,
      outputTotalFrames: output.frames,
    };
  }),

  StartOutput: defineRequest(z.object(outputFields), 'operator', ({ outputName }, context) => {
    requireOutput(outputName, context);
    throw new RequestRefusal(requestStatus.outputRunning);
  }),

  StopOutput: defineRequest(z.object(outputFields), 'operator', ({ outputName }, context) => {
    requireOutput(outputName, context);
    return alwaysOn();
  }),

  ToggleOutput: defineRequest(z.object(outputFields), 'operator', ({ outputName }, context) => {
    requireOutput(outputName, context);
    return alwaysOn();
  }),

  GetStreamStatus: defineRequest(z.object({}), 'viewer', () => ({
    ...idleOutput,
    outputReconnecting: false,
    outputCongestion: 0,
    outputSkippedFrames: 0,
    outputTotalFrames: 0,
  })),

  GetRecordStatus: defineRequest(z.object({}), 'viewer', () => ({ ...idleOutput, outputPaused: false })),

  GetVirtualCamStatus: defineRequest(z.object({}), 'viewer', () => notAvailable('VirtualCam')),

  GetReplayBufferStatus: defineRequest(z.object({}), 'viewer', () => notAvailable('Replay buffer')),
};
