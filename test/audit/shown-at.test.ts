import { readFile, rm, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditLog } from '../../src/audit/audit-log.js';
import type { AuditEvent } from '../../src/audit/entry/entry.js';
import { UNKNOWN_WALL } from '../../src/audit/entry/wall-shown.js';
import type { ShownAt } from '../../src/audit/reading/shown-at.js';
import { at, AuditFolder, cellsOf, LI, serviceEvent, shownLayout, tickerText, WANG } from './audit-folder.js';

let folder: AuditFolder;
let log: AuditLog;

beforeEach(async () => {
  folder = await AuditFolder.make();
  log = folder.open();
});
afterEach(async () => {
  await log.close();
  await folder.remove();
});

function record(time: string, event: AuditEvent): void {
  log.record({ ...event, atMs: at(time) });
}

/** A sign of life a minute, from a time on, so many. */
function counts(time: string, waiting: number, times = 1): void {
  for (let minute = 0; minute < times; minute += 1) {
    const reading = { id: 'queue', state: 'fresh', reason: null, values: { waiting }, ageMs: 1_500 };
    log.record({ kind: 'counts', actor: null, counts: [reading], atMs: at(time) + minute * 60_000 });
  }
}

function tile(camera: string, state: string, reason: string | null): AuditEvent {
  return { kind: 'tile', actor: null, camera, name: `镜头 ${camera}`, state, reason, slate: reason !== null };
}

function cells(sources: readonly string[]): AuditEvent {
  const layout = { id: 'hall', name: '布局 hall' };
  return { kind: 'cells', actor: WANG, command: 'set-cell-source', layout, cells: cellsOf(sources) };
}

/** The day of the 3rd: opened at eight, changes until noon, a power cut at two, on again at three, closed at six. */
function recordDay(): void {
  record('08:00:00', serviceEvent('started'));
  record('08:00:01', shownLayout('hall', ['lobby', 'window-a'], null));
  record('08:00:01', { kind: 'blackout', actor: null, command: null, on: false, reason: null });
  record('08:00:02', tickerText('欢迎', LI));
  counts('08:30:00', 3);
  record('09:00:00', tile('window-a', 'retrying', 'timeout'));
  record('09:05:00', cells(['lobby', 'window-b']));
  record('09:30:00', { kind: 'blackout', actor: WANG, command: 'set-blackout', on: true, reason: '清洁' });
  record('09:40:00', { kind: 'blackout', actor: WANG, command: 'set-blackout', on: false, reason: null });
  record('10:30:00', shownLayout('windows', ['window-a', 'window-b'], LI));
  record('11:00:00', tile('window-a', 'live', null));
  counts('13:50:00', 12, 10);
  record('15:00:00', serviceEvent('started'));
  record('15:00:00', snapshotOf('windows'));
  record('18:00:00', serviceEvent('stopped'));
}

function snapshotOf(layoutId: string): AuditEvent {
  const layout = { id: layoutId, name: `布局 ${layoutId}` };
  const transition = { kind: 'cut', fadeMs: 0, prepared: null, tick: null };
  const value = { layout, cells: cellsOf(['window-a', 'window-b']), transition };
  const wall = { ...UNKNOWN_WALL, isRunning: true, layout: { value, sinceMs: at('15:00:00'), decision: null } };
  return { kind: 'snapshot', actor: null, reason: 'started', wall };
}

async function shown(time: string, day?: string): Promise<ShownAt> {
  await log.settled();
  return folder.reader.shownAt(at(time, day));
}

describe('what was on the wall on the 3rd', () => {
  beforeEach(recordDay);

  it('before anything is recorded, nobody knows', async () => {
    expect(await shown('07:00:00')).toMatchObject({ state: 'unknown', before: null, after: { sequence: 1 } });
  });

  it('at ten is told with everything, and who decided it', async () => {
    const { state, wall, cells: shownCells, slates, before, after } = await shown('10:00:00');
    expect(state).toBe('shown');
    expect(wall.layout).toMatchObject({ value: { layout: { id: 'hall' } }, sinceMs: at('08:00:01'), decision: null });
    expect(shownCells.map(({ source }) => source)).toEqual(['lobby', 'window-b']);
    expect(wall.cells?.decision).toEqual({ atMs: at('09:05:00'), command: 'set-cell-source', actor: WANG });
    expect(wall.ticker).toMatchObject({ value: { text: '欢迎' }, decision: { command: 'set-ticker', actor: LI } });
    expect(wall.blackout).toMatchObject({ value: { on: false }, sinceMs: at('09:40:00'), decision: { actor: WANG } });
    expect(wall.counts).toMatchObject({ atMs: at('08:30:00'), counts: [{ id: 'queue', values: { waiting: 3 } }] });
    // The camera that failed is not on air any more.
    expect(slates).toEqual([]);
    expect([before?.sequence, after?.sequence]).toEqual([9, 10]);
  });

  it.each([
    ['09:02:00', 'hall', ['lobby', 'window-a'], [['window-a', 'timeout']], false],
    ['09:35:00', 'hall', ['lobby', 'window-b'], [], true],
    ['10:45:00', 'windows', ['window-a', 'window-b'], [['window-a', 'timeout']], false],
    ['12:00:00', 'windows', ['window-a', 'window-b'], [], false],
  ] as const)('at %s is told with slates and blackout', async (time, layout, sources, slates, isBlack) => {
    const found = await shown(time);
    expect(found.state).toBe('shown');
    expect(found.wall.layout?.value.layout.id).toBe(layout);
    expect(found.cells.map(({ source }) => source)).toEqual(sources);
    expect(found.slates.map(({ camera, reason }) => [camera, reason])).toEqual(slates);
    expect(found.wall.blackout?.value.on).toBe(isBlack);
  });

  it('is told exactly to the moment', async () => {
    const layoutAt = async (time: string) => (await shown(time)).wall.layout?.value.layout.id;
    expect(await layoutAt('10:29:59')).toBe('hall');
    expect(await layoutAt('10:30:00')).toBe('windows');
  });

  it('is not certain where the service ended without a word, and is over where it said so', async () => {
    expect((await shown('13:59:00')).state).toBe('unsure');
    expect((await shown('14:30:00')).state).toBe('unsure');
    expect((await shown('13:58:30')).state).toBe('shown');
    expect((await shown('16:00:00')).state).toBe('shown');
    expect((await shown('20:00:00')).state).toBe('ended');
  });

  it('is still known to be decided by whoever decided it before the power cut', async () => {
    const { wall } = await shown('16:00:00');
    expect(wall.layout).toMatchObject({
      value: { layout: { id: 'windows' } },
      sinceMs: at('15:00:00'),
      decision: { atMs: at('10:30:00'), command: 'take', actor: LI },
    });
  });

  it('is told from its own files days later, although the files before are gone', async () => {
    log.record({ ...serviceEvent('started'), atMs: at('08:00:00', '2026-11-04') });
    log.record({ ...tickerText('第二天', WANG), atMs: at('09:00:00', '2026-11-04') });
    log.record({ ...tickerText('第三天', WANG), atMs: at('09:00:00', '2026-11-05') });
    await log.settled();
    await rm(folder.path('audit-2026-11-03.001.jsonl'));
    const { state, wall } = await shown('10:00:00', '2026-11-04');
    expect(state).toBe('shown');
    expect(wall.layout).toMatchObject({ value: { layout: { id: 'windows' } }, decision: { actor: LI } });
    expect(wall.ticker?.value.text).toBe('第二天');
  });

  it('is never told from a line that somebody changed', async () => {
    await log.settled();
    const path = folder.path('audit-2026-11-03.001.jsonl');
    const lines = (await readFile(path, 'utf8')).split('\n');
    const forged = lines.map((line) => (line.includes('"kind":"shown"') ? line.replace('windows', 'hall') : line));
    await writeFile(path, forged.join('\n'));
    const { state, wall } = await shown('12:00:00');
    expect(state).toBe('unsure');
    expect(wall.layout?.decision).toBeNull();
  });

  it('is told in the order of the log where the clock was wrong for a while', async () => {
    record('23:00:00', tickerText('错的时间', WANG));
    record('18:10:00', tickerText('对的时间', WANG));
    counts('18:20:00', 1);
    const { wall, before } = await shown('18:15:00');
    expect(wall.ticker?.value.text).toBe('对的时间');
    expect(before?.kind).toBe('ticker');
  });
});
