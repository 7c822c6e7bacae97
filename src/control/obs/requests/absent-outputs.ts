import { z } from 'zod';
import { requestStatus } from '../protocol.js';
import { RequestRefusal, defineRequest, type RequestDefinition } from '../request.js';
import { timecode } from './timecode.js';

/** An output that never runs, as the streaming and recording of OBS appear here. */
const idleOutput = { outputActive: false, outputBytes: 0, outputDuration: 0, outputTimecode: timecode(0) } as const;
const idleFields = {
  outputActive: z.boolean(),
  outputBytes: z.number(),
  outputDuration: z.number(),
  outputTimecode: z.string(),
};

/** What a request is answered that wants something of an output that is not there, as OBS answers it. */
function refused(summary: string, code: number, comment: string | null): RequestDefinition {
  const minimumRole = 'viewer';
  const answer = (): never => {
    throw new RequestRefusal(code, comment);
  };
  return defineRequest({ summary, request: z.object({}), response: null, minimumRole, answer });
}

/** There is none of it, and there never is. */
function notAvailable(what: string): RequestDefinition {
  return refused(
    `Is refused: ${what} is not available.`,
    requestStatus.invalidResourceState,
    `${what} is not available.`,
  );
}

/** It does not run, so there is nothing to stop, pause, or feed. */
function notRunning(what: string): RequestDefinition {
  return refused(`Is refused: ${what} does not run.`, requestStatus.outputNotRunning, null);
}

/** "Stream", "Record", and the virtual camera and replay buffer of "Outputs": clients ask for them when they connect. */
export const absentOutputRequests: Readonly<Record<string, RequestDefinition>> = {
  GetStreamStatus: defineRequest({
    summary: 'Says that nothing is streamed.',
    request: z.object({}),
    response: z.object({
      ...idleFields,
      outputReconnecting: z.boolean(),
      outputCongestion: z.number(),
      outputSkippedFrames: z.int(),
      outputTotalFrames: z.int(),
    }),
    minimumRole: 'viewer',
    answer: () => ({
      ...idleOutput,
      outputReconnecting: false,
      outputCongestion: 0,
      outputSkippedFrames: 0,
      outputTotalFrames: 0,
    }),
  }),
  StartStream: notAvailable('Streaming'),
  ToggleStream: notAvailable('Streaming'),
  StopStream: notRunning('Streaming'),
  SendStreamCaption: notRunning('Streaming'),

  GetRecordStatus: defineRequest({
    summary: 'Says that nothing is recorded.',
    request: z.object({}),
    response: z.object({ ...idleFields, outputPaused: z.boolean() }),
    minimumRole: 'viewer',
    answer: () => ({ ...idleOutput, outputPaused: false }),
  }),
  StartRecord: notAvailable('Recording'),
  ToggleRecord: notAvailable('Recording'),
  StopRecord: notRunning('Recording'),
  PauseRecord: notRunning('Recording'),
  ResumeRecord: notRunning('Recording'),
  ToggleRecordPause: notRunning('Recording'),
  SplitRecordFile: notRunning('Recording'),
  CreateRecordChapter: notRunning('Recording'),

  GetVirtualCamStatus: notAvailable('VirtualCam'),
  StartVirtualCam: notAvailable('VirtualCam'),
  StopVirtualCam: notAvailable('VirtualCam'),
  ToggleVirtualCam: notAvailable('VirtualCam'),

  GetReplayBufferStatus: notAvailable('Replay buffer'),
  StartReplayBuffer: notAvailable('Replay buffer'),
  StopReplayBuffer: notAvailable('Replay buffer'),
  ToggleReplayBuffer: notAvailable('Replay buffer'),
  SaveReplayBuffer: notAvailable('Replay buffer'),
  GetLastReplayBufferReplay: notAvailable('Replay buffer'),
};
