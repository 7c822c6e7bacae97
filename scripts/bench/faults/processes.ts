import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { pidsOfTree } from '../process-tree.js';

/** Ids of the processes below a service whose command line says so. */
function pidsWhere(servicePid: number, matches: (pid: number, commandLine: string) => boolean): number[] {
  return pidsOfTree(servicePid).filter((pid) => {
    try {
      return matches(pid, readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' '));
    } catch {
      // It ended while we looked.
      return false;
    }
  });
}

/** A service's decoders of pictures of one size. */
export function decodersOf(servicePid: number, widthPx: number, heightPx: number): number[] {
  return pidsWhere(
    servicePid,
    (_pid, line) => line.includes('rawvideo') && line.includes(`w=${widthPx}:h=${heightPx}`) && isFfmpeg(line),
  );
}

/** A service's ingests with a connection to one of these TCP ports. */
export function ingestsOf(servicePid: number, ports: readonly number[]): number[] {
  const sockets = socketsTo(ports);
  return pidsWhere(
    servicePid,
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
