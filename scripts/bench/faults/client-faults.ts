import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { entryPoint } from '../../../src/core/entry-point.js';
import type { LoadReport, LoadOrder } from './load.js';
import { type Fault, nothing } from './fault.js';

/** Clients of a wall run on other machines: here they give way to it. */
const CLIENT_NICENESS = 10;

/** Pages and programs that ask too much, or take nothing. */
export const clientFaults: readonly Fault[] = [
  { ...loaded('page client that never reads', { kind: 'deaf' }, 8_000), isQuick: true },
  loaded('50 page clients', { kind: 'pages', count: 50 }, 8_000),
  loaded('2,000 requests a second', { kind: 'requests', perSecond: 2_000 }, 5_000),
];

function loaded(name: string, order: Omit<LoadOrder, 'url' | 'obsUrl'>, lastsMs: number): Fault {
  let child: ChildProcess | null = null;
  return {
    name,
    hurts: [],
    expectsSlate: false,
    lastsMs,
    inflict: async ({ wall }) => {
      const { url, obsUrl } = wall;
      child = fork(entryPoint(import.meta.url, './load.js'), [JSON.stringify({ ...order, url, obsUrl })], {
        execArgv: [],
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      if (child.pid !== undefined) setPriority(child.pid, CLIENT_NICENESS);
      await once(child, 'message');
    },
    heal: async () => {
      if (child === null) return nothing();
      const told = once(child, 'message') as Promise<[LoadReport]>;
      child.send('stop');
      const [report] = await Promise.race([told, sleep(5_000, [{ figure: 'no report' }] as [LoadReport])]);
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      }
      return report.figure;
    },
  };
}
