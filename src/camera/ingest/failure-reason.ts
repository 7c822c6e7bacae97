import type { FfmpegExit } from '../../ffmpeg/child.js';

/** Why a stream is not there: stable codes, worded where people read them. */
export type StreamFailure =
  | 'refused'
  | 'unauthorised'
  | 'not-found'
  | 'unreachable'
  | 'unresolved'
  | 'timeout'
  | 'unreadable'
  | 'device-error'
  | 'ffmpeg-missing'
  | 'ended';

/** What ffmpeg prints, most telling first: a refused password also ends in "Invalid data". */
const TELLTALES: readonly (readonly [RegExp, StreamFailure])[] = [
  [/\b401\b|\b403\b|Unauthorized|Forbidden/i, 'unauthorised'],
  [/\b404\b|Not Found/i, 'not-found'],
  [/Connection refused/i, 'refused'],
  [/No route to host|Network is unreachable|Host is down/i, 'unreachable'],
  [/Failed to resolve hostname|Name or service not known|Temporary failure in name resolution/i, 'unresolved'],
  [/timed out/i, 'timeout'],
  [/\b4\d\d [A-Z]|\b5\d\d [A-Z]|Server returned [45]XX/, 'device-error'],
  [/does not contain any stream|Could not find codec parameters|unspecified size|dimensions not set/i, 'unreadable'],
  [/Invalid data found|Protocol not found|Could not write header|matches no streams/i, 'unreadable'],
];

/** Reads the reason out of how ffmpeg ended. An address in a line is left out: it may hold any word. */
export function failureOf(exit: FfmpegExit): StreamFailure {
  if (exit.startFailure === 'ffmpeg-missing' || exit.startFailure === 'ENOENT') return 'ffmpeg-missing';
  const said = exit.lines
    .map((line) => line.replaceAll(/rtsps?:\/\/[^'"\s]*/gi, ''))
    .filter((line) => /\[(error|fatal)\]/.test(line));
  for (const [pattern, failure] of TELLTALES) {
    if (said.some((line) => pattern.test(line))) return failure;
  }
  return 'ended';
}

/** Whether reading more of the stream before deciding may help. */
export function mayNeedMoreProbing(exit: FfmpegExit): boolean {
  return exit.lines.some((line) =>
    /unspecified size|dimensions not set|does not contain any stream|codec parameters/i.test(line),
  );
}
