import { z } from 'zod';
import type { OutputStatus } from '../../engine.js';
import { nameField } from '../lookups.js';
import { requestStatus } from '../protocol.js';
import { RequestRefusal, defineRequest, type RequestContext, type RequestDefinition } from '../request.js';
import { timecode } from './timecode.js';

const outputFields = { outputName: nameField };

const outputFlags = {
  OBS_OUTPUT_AUDIO: false,
  OBS_OUTPUT_VIDEO: true,
  OBS_OUTPUT_ENCODED: false,
  OBS_OUTPUT_MULTI_TRACK: false,
  OBS_OUTPUT_SERVICE: false,
} as const;

function requireOutput(outputName: string, context: RequestContext): OutputStatus {
  const output = context.engine.outputs().find((candidate) => candidate.output === outputName);
  if (output !== undefined) return output;
  throw new RequestRefusal(requestStatus.resourceNotFound, `No output was found with the name \`${outputName}\`.`);
}

function alwaysOn(summary: string): RequestDefinition {
  return defineRequest({
    summary,
    request: z.object(outputFields),
    response: null,
    minimumRole: 'operator',
    answer: ({ outputName }, context) => {
      requireOutput(outputName, context);
      const comment = 'The outputs of the wall run for as long as the wall does.';
      throw new RequestRefusal(requestStatus.invalidResourceState, comment);
    },
  });
}

/** "Outputs Requests": the outputs of the wall, which run for as long as the wall does. */
export const outputRequests: Readonly<Record<string, RequestDefinition>> = {
  GetOutputList: defineRequest({
    summary: 'Lists the outputs of the wall.',
    request: z.object({}),
    response: z.object({
      outputs: z.array(
        z.object({
          outputName: z.string(),
          outputKind: z.string(),
          outputWidth: z.int(),
          outputHeight: z.int(),
          outputActive: z.boolean(),
          outputFlags: z.record(z.string(), z.boolean()),
        }),
      ),
    }),
    minimumRole: 'viewer',
    answer: (_data, { engine }) => ({
      outputs: engine.outputs().map((output) => ({
        outputName: output.output,
        outputKind: `glasshall_${output.type}`,
        outputWidth: engine.wall.widthPx,
        outputHeight: engine.wall.heightPx,
        outputActive: true,
        outputFlags,
      })),
    }),
  }),

  GetOutputStatus: defineRequest({
    summary: 'Gives the figures of an output; it counts as reconnecting while its device does not answer.',
    request: z.object(outputFields),
    response: z.object({
      outputActive: z.boolean(),
      outputReconnecting: z.boolean(),
      outputTimecode: z.string(),
      outputDuration: z.number(),
      outputCongestion: z.number(),
      outputBytes: z.number(),
      outputSkippedFrames: z.int(),
      outputTotalFrames: z.int(),
    }),
    minimumRole: 'viewer',
    answer: ({ outputName }, context) => {
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
    },
  }),

  StartOutput: defineRequest({
    summary: 'Is refused: the outputs of the wall run already.',
    request: z.object(outputFields),
    response: null,
    minimumRole: 'operator',
    answer: ({ outputName }, context) => {
      requireOutput(outputName, context);
      throw new RequestRefusal(requestStatus.outputRunning);
    },
  }),

  StopOutput: alwaysOn('Is refused: the outputs run for as long as the wall does; black out the wall instead.'),
  ToggleOutput: alwaysOn('Is refused as `StopOutput` is.'),
};
