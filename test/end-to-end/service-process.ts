import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../../src/core/project-root.js';

/** The service as a person starts it, with what it says. */
export type ServiceProcess = {
  readonly child: ChildProcess;
  readonly url: string;
  readonly obsUrl: string;
  readonly output: () => string;
};

const main = fileURLToPath(new URL('dist/src/main.js', projectRoot));

/** Starts the built service; resolves when it has said where it listens. */
export async function startService(args: readonly string[]): Promise<ServiceProcess> {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  for (;;) {
    const url = /control page\s+(https?:\S+?)\/\s/.exec(output)?.[1];
    const obsUrl = /obs-websocket\s+(wss?:\S+)/.exec(output)?.[1];
    if (url !== undefined && obsUrl !== undefined) return { child, url, obsUrl, output: () => output };
    if (child.exitCode !== null) throw new Error(`the service ended with status ${child.exitCode}:\n${output}`);
    await sleep(100);
  }
}

/** Runs the service to its end; for configurations that cannot be used. */
export async function runService(args: readonly string[]): Promise<{ status: number | null; output: string }> {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(child, 'close');
  return { status: child.exitCode, output };
}

/** Process ids of everything below a process. */
export function descendantsOf(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    const parent = Number.isInteger(pid) ? parentOf(pid) : null;
    if (parent !== null) parents.set(pid, parent);
  }
  const found = new Set([root]);
  for (let grown = true; grown;) {
    grown = false;
    for (const [pid, parent] of parents) {
      if (found.has(parent) && !found.has(pid)) {
        found.add(pid);
        grown = true;
      }
    }
  }
  found.delete(root);
  return [...found];
}

/** What a process was started with; empty when it is gone. */
export function commandOf(pid: number): string {
  return wordsOf(pid, 'cmdline').join(' ');
}

/** The environment that a process was started with; empty when it is gone. */
export function environmentOf(pid: number): readonly string[] {
  return wordsOf(pid, 'environ');
}

function wordsOf(pid: number, file: 'cmdline' | 'environ'): string[] {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0');
  } catch (failure) {
    if (failure instanceof Error && 'code' in failure && ['ENOENT', 'ESRCH'].includes(String(failure.code))) return [];
    throw failure;
  }
}

/** Whether a process still runs (a zombie does not). */
export function isRunning(pid: number): boolean {
  const stat = statOf(pid);
  return stat !== null && stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
}

/** Resolves with those that still run when all have ended or time is up. */
export async function stillRunning(pids: readonly number[], limitMs: number): Promise<number[]> {
  for (let waitedMs = 0; waitedMs < limitMs; waitedMs += 100) {
    if (!pids.some(isRunning)) return [];
    await sleep(100);
  }
  return pids.filter(isRunning);
}

function parentOf(pid: number): number | null {
  const stat = statOf(pid);
  return stat === null ? null : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

function statOf(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch (failure) {
    if (failure instanceof Error && 'code' in failure && (failure.code === 'ENOENT' || failure.code === 'ESRCH'))
      return null;
    throw failure;
  }
}
