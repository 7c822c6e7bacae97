import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** Clock ticks a second in /proc/PID/stat; 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4_096;

type ProcessTimes = { readonly parent: number; readonly seconds: number };

/**
 * User and system CPU seconds of a process and of everything below it, living and waited for.
 * Children that ended count through their parent's totals.
 */
export function cpuSecondsOfTree(root: number): number {
  return [...treeOf(root).values()].reduce((sum, { seconds }) => sum + seconds, 0);
}

/** The same of everything below a process, without itself: living children and theirs. */
export function cpuSecondsBelow(root: number): number {
  return [...treeOf(root)].reduce((sum, [pid, { seconds }]) => (pid === root ? sum : sum + seconds), 0);
}

/** Ids of a process and of everything below it. */
export function pidsOfTree(root: number): number[] {
  return [...treeOf(root).keys()];
}

function treeOf(root: number): ReadonlyMap<number, ProcessTimes> {
  const processes = new Map<number, ProcessTimes>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    const times = Number.isInteger(pid) ? timesOf(pid) : null;
    if (times !== null) processes.set(pid, times);
  }
  return new Map([...processes].filter(([pid]) => isBelow(pid, root, processes)));
}

function isBelow(pid: number, root: number, processes: ReadonlyMap<number, ProcessTimes>): boolean {
  for (let current: number | undefined = pid; current !== undefined && current > 0;) {
    if (current === root) return true;
    current = processes.get(current)?.parent;
  }
  return false;
}

function timesOf(pid: number): ProcessTimes | null {
  return whileItRuns(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name may hold spaces and brackets; the fields after the last bracket are plain (proc(5)).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0);
    return { parent: Number(fields[1]), seconds: ticks / TICKS_PER_SECOND };
  });
}

/** What a process and everything below it hold at the moment. */
export type TreeUsage = { readonly processes: number; readonly residentMiB: number; readonly descriptors: number };

/** Counts processes, resident memory and open descriptors of a process and of everything below it. */
export function usageOfTree(root: number): TreeUsage {
  let [count, pages, descriptors] = [0, 0, 0];
  for (const pid of pidsOfTree(root)) {
    const held = heldBy(pid);
    if (held === null) continue;
    count += 1;
    pages += held.pages;
    descriptors += held.descriptors;
  }
  return { processes: count, residentMiB: (pages * PAGE_BYTES) / 1_048_576, descriptors };
}

/** Null when it has ended meanwhile. */
function heldBy(pid: number): { readonly pages: number; readonly descriptors: number } | null {
  return whileItRuns(() => ({
    pages: Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]),
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
  }));
}

/** Resident memory of a process and of everything below it by the name of the program, mebibytes. */
export function residentMiBByProgram(root: number): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const pid of pidsOfTree(root)) {
    const held = heldBy(pid);
    const program = programOf(pid);
    if (held === null || program === null) continue;
    sums[program] = (sums[program] ?? 0) + (held.pages * PAGE_BYTES) / 1_048_576;
  }
  return sums;
}

/** The file name of its script or of its program: one Node process does not do the work of another. */
function programOf(pid: number): string | null {
  return whileItRuns(() => {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    const script = words.slice(1).find((word) => /\.m?js$/.test(word));
    return basename(script ?? words[0] ?? '');
  });
}

/** A process may end between the listing and the reading. */
function whileItRuns<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch (failure) {
    if (failure instanceof Error && 'code' in failure && (failure.code === 'ENOENT' || failure.code === 'ESRCH'))
      return null;
    throw failure;
  }
}
