import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where a program lies in PATH, or null when it is not installed. */
export function findProgram(name: string): string | null {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    if (folder === '') continue;
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      continue; // Not here: the next folder of PATH may have it.
    }
  }
  return null;
}

/** A program and the arguments that come before the caller's. */
export type CommandPrefix = { readonly program: string; readonly leading: readonly string[] };

/**
 * How to start ffmpeg, or null when it is not installed. On Linux through `setpriv --pdeathsig`, so that the kernel ends
 * the child when this process is killed; that is bound to the thread that starts it: start children in the main thread.
 */
export function ffmpegCommand(): CommandPrefix | null {
  const ffmpeg = findProgram('ffmpeg');
  if (ffmpeg === null) return null;
  const setpriv = process.platform === 'linux' ? findProgram('setpriv') : null;
  if (setpriv === null) return { program: ffmpeg, leading: [] };
  return { program: setpriv, leading: ['--pdeathsig', 'KILL', '--', ffmpeg] };
}
