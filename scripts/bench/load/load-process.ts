import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { entryPoint } from '../../../src/core/entry-point.js';
import type { LoadOrder, LoadReport } from './load.js';

/** Clients of a wall run on other machines: here they give way to it. */
export const CLIENT_NICENESS = 10;

/** Clients that ask or look, until they are stopped. */
export type LoadProcess = {
  /** @returns what they got, in words */
  stop(): Promise<string>;
};

/** Starts clients in a process of their own; resolves when they have begun. */
export async function startLoad(order: LoadOrder): Promise<LoadProcess> {
  const child = fork(entryPoint(import.meta.url, './load.js'), [JSON.stringify(order)], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  if (child.pid !== undefined) setPriority(child.pid, CLIENT_NICENESS);
  await once(child, 'message');
  return {
    stop: async () => {
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
