import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Ids of the processes whose command line says so. */
function pidsWhere(matches: (pid: number, commandLine: string) => boolean): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter(Number.isInteger)
    .filter((pid) => {
      try {
        return matches(pid, readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' '));
      } catch {
        // It ended while we looked.
        return false;
      }
    });
}

/** Decoders of pictures of one size, whoever's they are. */
export function decodersOf(widthPx: number, heightPx: number): number[] {
  return pidsWhere(
    (_pid, line) => line.includes('rawvideo') && line.includes(`w=${widthPx}:h=${heightPx}`) && isFfmpeg(line),
  );
}

/** Ingests with a connection to one of these TCP ports. */
export function ingestsOf(ports: readonly number[]): number[] {
  const sockets = socketsTo(ports);
  return pidsWhere(
    (pid, line) =>
      isFfmpeg(line) && readdirSync(`/proc/${pid}/fd`).some((fd) => sockets.has(readlinkSync(`/proc/${pid}/fd/${fd}`))),
  );
}

function isFfmpeg(commandLine: string): boolean {
  return /^\S*ffmpeg /.test(commandLine);
}

/** As they stand in /proc/PID/fd. Fields of /proc/net/tcp: number, local, remote, …, inode (proc(5)). */
function socketsTo(ports: readonly number[]): ReadonlySet<string> {
  const lines = readFileSync('/proc/net/tcp', 'latin1').trim().split('\n').slice(1);
  const found = lines.flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const port = Number.parseInt(fields[2]?.split(':')[1] ?? '', 16);
    return ports.includes(port) ? [`socket:[${fields[9] ?? ''}]`] : [];
  });
  return new Set(found);
}
