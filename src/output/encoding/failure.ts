import type { FfmpegExit } from '../../ffmpeg/child.js';

/** What ffmpeg prints, most telling first, and the stable code for it. */
const TELLTALES: readonly (readonly [RegExp, string])[] = [
  [/No space left on device|Disk quota exceeded/i, 'disk-full'],
  [/\b401\b|\b403\b|Unauthorized|Forbidden|authorization failed|BADSECRET|Incorrect passphrase/i, 'unauthorised'],
  [/\b404\b|Not Found|No such file or directory/i, 'not-found'],
  [/Address already in use/i, 'address-in-use'],
  [/Connection refused|connection rejected/i, 'refused'],
  [/No route to host|Host is down/i, 'host-unreachable'],
  [/Network is unreachable/i, 'network-unreachable'],
  [/Failed to resolve hostname|Name or service not known|Temporary failure in name resolution/i, 'unknown-host'],
  [/Permission denied|Read-only file system|Operation not permitted/i, 'forbidden'],
  [/timed out|connection timeout/i, 'timeout'],
  [/Unknown encoder|Error while opening encoder|Error initializing output stream|No VA display/i, 'encoder-failed'],
];

/** Why an encoder ended, out of how ffmpeg ended. An address in a line is left out: it may hold any word. */
export function failureOf(exit: FfmpegExit): string {
  if (exit.startFailure === 'ffmpeg-missing' || exit.startFailure === 'ENOENT') return 'ffmpeg-missing';
  if (exit.startFailure !== null) return 'encoder-failed';
  const said = exit.lines.map((line) => line.replaceAll(/\w+:\/\/[^'"\s]*/g, ''));
  for (const [pattern, reason] of TELLTALES) {
    if (said.some((line) => pattern.test(line))) return reason;
  }
  return 'ended';
}
