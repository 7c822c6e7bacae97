import { rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { SmallDisk } from '../../scripts/bench/faults/small-disk.js';
import { AuditReader } from '../../src/audit/reading/audit-reader.js';
import { EVERYTHING } from '../../src/audit/reading/query.js';
import { eventually } from '../eventually.js';
import { at, AuditFolder, commandDone, serviceEvent, shownLayout } from './audit-folder.js';

describe('a full disk', () => {
  it('is a state: what waits is written when there is room, and nothing half written stays', async (context) => {
    const disk = await SmallDisk.mount(() => undefined);
    if (disk === null) return context.skip('this user may not mount a small disk');
    const folder = await AuditFolder.make();
    try {
      const directory = `${disk.path}/audit`;
      const reader = new AuditReader({ directory });
      const log = folder.open({}, { directory });
      log.record(serviceEvent('started'));
      await log.settled();
      await disk.fill();
      for (let count = 0; count < 120; count += 1) log.record(commandDone('set-ticker', { text: 'x'.repeat(1_000) }));
      await eventually(() => expect(log.status).toMatchObject({ problem: 'disk-full', lost: 0 }));
      expect(log.status.waiting).toBeGreaterThan(100);
      expect(await reader.verify()).toMatchObject({ isSound: true, isEndKnown: true });
      await disk.clear();
      await eventually(() => expect(log.status).toMatchObject({ problem: null, waiting: 0, written: 121 }));
      await log.close();
      expect(await reader.verify()).toMatchObject({ isSound: true, entries: 121 });
    } finally {
      await disk.close();
      await folder.remove();
    }
  });
});

describe('a disk that takes nothing for longer than memory lasts', () => {
  it('costs entries, which the log says, and is told all that is shown by then', async () => {
    const folder = await AuditFolder.make();
    await writeFile(folder.directory, 'a file where the folder should be');
    try {
      const log = folder.open();
      log.record({ ...serviceEvent('started'), atMs: at('09:00:00') });
      log.record({ ...shownLayout('hall', ['lobby']), atMs: at('09:00:00') });
      for (let count = 0; count < 20_000; count += 1) log.record({ ...commandDone('take'), atMs: at('10:00:00') });
      log.record({ ...shownLayout('windows', ['window-a']), atMs: at('10:30:00') });
      const { waiting, lost } = log.status;
      expect({ sum: waiting + lost, lost }).toEqual({ sum: 20_003, lost: 3 });
      await eventually(() => expect(log.status.problem).toBe('write-failed'));
      folder.nowMs = at('11:00:00');
      await rm(folder.directory);
      await eventually(() => expect(log.status).toMatchObject({ problem: null, waiting: 0 }));
      log.record({ ...commandDone('take'), atMs: at('12:00:00') });
      await log.close();

      const page = { order: 'newest-first', cursor: null, limit: 3 } as const;
      const { entries } = await folder.reader.search(EVERYTHING, page);
      expect(entries.toReversed()).toMatchObject([
        { kind: 'lost', count: 3, fromMs: at('10:00:00'), toMs: at('10:30:00'), problem: 'write-failed' },
        { kind: 'snapshot', reason: 'after-gap', wall: { layout: { value: { layout: { id: 'windows' } } } } },
        { kind: 'command', atMs: at('12:00:00') },
      ]);
      expect(await folder.reader.verify()).toMatchObject({ isSound: true });
      const stateAt = async (time: string) => {
        const { state, wall } = await folder.reader.shownAt(at(time));
        return [state, wall.layout?.value.layout.id];
      };
      expect(await stateAt('09:30:00')).toEqual(['shown', 'hall']);
      expect(await stateAt('10:45:00')).toEqual(['unsure', 'hall']);
      expect(await stateAt('11:30:00')).toEqual(['shown', 'windows']);
    } finally {
      await folder.remove();
    }
  });
});
