import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second in /proc/PID/stat; 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

type ProcessTimes = { readonly parent: number; readonly seconds: number };

/**
 * User and system CPU seconds of a process and of everything below it, living and waited for.
 * Children that ended count through their parent's totals.
 */
export function cpuSecondsOfTree(root: number): number {
  const processes = new Map<number, ProcessTimes>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const times = timesOf(pid);
    if (times !== null) processes.set(pid, times);
  }
  let seconds = 0;
  for (const [pid, times] of processes) {
    if (isBelow(pid, root, processes)) seconds += times.seconds;
  }
  return seconds;
}

function isBelow(pid: number, root: number, processes: ReadonlyMap<number, ProcessTimes>): boolean {
  for (let current: number | undefined = pid; current !== undefined && current > 0;) {
    if (current === root) return true;
    current = processes.get(current)?.parent;
  }
  return false;
}

function timesOf(pid: number): ProcessTimes | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name may hold spaces and brackets; the fields after the last bracket are plain (proc(5)).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0);
    return { parent: Number(fields[1]), seconds: ticks / TICKS_PER_SECOND };
  } catch (failure) {
    // A process may end between the listing and the reading.
    if (failure instanceof Error && 'code' in failure && (failure.code === 'ENOENT' || failure.code === 'ESRCH'))
      return null;
    throw failure;
  }
}

/** Resident memory of a process and of everything below it, MiB. */
export function residentMiBOfTree(root: number): number {
  const parents = new Map<number, ProcessTimes>();
  const pages = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    const times = Number.isInteger(pid) ? timesOf(pid) : null;
    if (times === null) continue;
    parents.set(pid, times);
    pages.set(pid, Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]));
  }
  let total = 0;
  for (const [pid, count] of pages) if (isBelow(pid, root, parents)) total += count;
  return (total * 4_096) / 1_048_576;
}
