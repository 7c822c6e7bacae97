import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SmallDisk } from '../../scripts/bench/faults/small-disk.js';
import { AuditLog } from '../../src/audit/audit-log.js';
import type { AuditEntry } from '../../src/audit/entry/entry.js';
import { auditOptions } from '../../src/audit/options.js';
import { AuditReader } from '../../src/audit/reading/audit-reader.js';
import { EVERYTHING } from '../../src/audit/reading/query.js';
import { silentLogger } from '../../src/core/logger.js';
import { eventually } from '../eventually.js';
import { commandDone, serviceEvent, shownLayout } from './audit-folder.js';

let disk: SmallDisk | null;

beforeEach(async () => {
  disk = await SmallDisk.mount(() => undefined);
});
afterEach(() => disk?.close());

function open(directory: string): AuditLog {
  const retry = { firstMs: 20, maximumMs: 50, jitter: 0 };
  return AuditLog.start({ directory, options: auditOptions.parse({}), timeZone: 'UTC', log: silentLogger, retry });
}

describe('a full disk', () => {
  it('is a state: what waits is written when there is room, and nothing half written stays', async (context) => {
    if (disk === null) return context.skip('this user may not mount a small disk');
    const directory = `${disk.path}/audit`;
    const log = open(directory);
    log.record(serviceEvent('started'));
    await log.settled();
    await disk.fill();
    for (let count = 0; count < 200; count += 1) log.record(commandDone('set-ticker', { text: 'x'.repeat(1_000) }));
    await eventually(() => expect(log.status).toMatchObject({ problem: 'disk-full', lost: 0 }));
    const reader = new AuditReader({ directory });
    expect(await reader.verify()).toMatchObject({ isSound: true });
    expect(log.status.waiting).toBeGreaterThan(100);
    await disk.clear();
    await eventually(() => expect(log.status).toMatchObject({ problem: null, waiting: 0, written: 201 }));
    await log.close();
    expect(await reader.verify()).toMatchObject({ isSound: true, entries: 201 });
  });

  it('for longer than memory lasts costs entries, which the log says, and what is shown by then', async (context) => {
    if (disk === null) return context.skip('this user may not mount a small disk');
    const directory = `${disk.path}/audit`;
    const log = open(directory);
    log.record(serviceEvent('started'));
    log.record(shownLayout('hall', ['lobby']));
    await log.settled();
    await disk.fill();
    // Entries as large as this leave no room for more than a few.
    const large = commandDone('set-ticker', { text: 'x'.repeat(1_000_000) });
    for (let count = 0; count < 20; count += 1) log.record(large);
    log.record(shownLayout('windows', ['window-a']));
    await eventually(() => expect(log.status.problem).toBe('disk-full'));
    const { waiting, lost } = log.status;
    expect(waiting).toBeGreaterThan(10);
    expect(waiting + lost).toBe(21);
    expect(lost).toBeGreaterThan(1);
    // The disk stays too small for what waits, so that much is moved to a larger one.
    await log.close();
    expect(log.status.waiting).toBe(waiting);
  });
});

describe('a queue that is full', () => {
  it('loses what comes then, says how much, and goes on with all that is shown', async (context) => {
    if (disk === null) return context.skip('this user may not mount a small disk');
    // A file stands in the way of the folder for a while: the disk is there, and takes nothing.
    const directory = `${disk.path}/audit`;
    await writeFile(directory, '');
    const log = open(directory);
    log.record(serviceEvent('started'));
    const small = { ...commandDone('take'), actor: null };
    for (let count = 0; count < 25_000; count += 1) log.record(small);
    log.record(shownLayout('windows', ['window-a']));
    const { waiting, lost } = log.status;
    expect(waiting + lost).toBe(25_002);
    expect(lost).toBeGreaterThan(0);
    await log.close();
    expect(await readFile(directory, 'utf8')).toBe('');
    const entries: AuditEntry[] = [];
    expect(EVERYTHING.kinds).toBeNull();
    expect(entries).toEqual([]);
  });
});
