import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { entryPoint } from '../../src/core/entry-point.js';
import type { Preference } from '../../src/wall/priority.js';

/** Threads of this process that are preferred: nice value (field 19) below 0 or a real-time policy (field 41), proc(5). */
function preferredThreads(): number {
  const stats = readdirSync('/proc/self/task').map((thread) => readFileSync(`/proc/self/task/${thread}/stat`, 'utf8'));
  return stats.filter((stat) => {
    // Field 3 is the first behind the name, which may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(fields[19 - 3]) < 0 || Number(fields[41 - 3]) !== 0;
  }).length;
}

describe.skipIf(process.platform !== 'linux')('priority of the wall thread', () => {
  it('is raised for that thread alone as far as the system allows, and for none that it starts', async () => {
    const before = preferredThreads();
    const address = entryPoint(new URL('../../src/wall/wall.ts', import.meta.url).href, './priority.js');
    const worker = new Worker(
      `const { parentPort, workerData } = require('node:worker_threads');
       import(workerData).then(({ preferThisThread }) => preferThisThread()).then(async (preference) => {
         await require('node:dns/promises').lookup('localhost');
         parentPort.postMessage(preference);
         parentPort.once('message', () => parentPort.close());
       });`,
      { eval: true, workerData: address.href },
    );
    const [preference] = (await once(worker, 'message')) as [Preference];
    expect(preferredThreads() - before).toBe(preference.kind === 'none' ? 0 : 1);
    expect(preference.reason === null).toBe(preference.kind === 'real-time');
    worker.postMessage('end');
    await once(worker, 'exit');
    expect(preferredThreads()).toBe(before);
  });
});
