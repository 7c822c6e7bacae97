import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { TestPatternRequest } from '../../src/control/test-pattern-desk.js';
import { monotonicMs } from '../../src/core/clock.js';
import { silentLogger } from '../../src/core/logger.js';
import { TestPatterns, type TestPatternsOptions } from '../../src/engine/test-patterns.js';
import type { Cell } from '../../src/layout/layout.js';
import type { Actor } from '../../src/switcher/actor.js';
import { Conductor } from '../../src/automation/conductor.js';
import { outputOptions } from '../../src/output/options.js';
import type { PatternOrder } from '../../src/wall/messages.js';
import type { Wall, WallEvents } from '../../src/wall/wall.js';
import { schedule } from '../automation/plans.js';
import { SimulatedClock } from '../automation/simulated-clock.js';
import { OUTPUTS, WALL } from '../pattern/wall-of-six.js';

/** The wall as far as it is told: its orders, and the end of them. */
class WallDouble extends EventEmitter<WallEvents> implements Pick<Wall, 'setPattern'> {
  readonly orders: (PatternOrder | null)[] = [];

  setPattern(order: PatternOrder | null): void {
    this.orders.push(order);
  }
}

function cell(id: string, source: string, x: number, widthPx: number): Cell {
  return { id, source, rectangle: { x, y: 0, widthPx, heightPx: 120 }, z: 0, fit: 'cover' };
}

const CELLS = [cell('left', 'lobby', 0, 80), cell('right', 'window-a', 80, 150), cell('edge', 'ticker', 230, 10)];
const LI: Actor = { name: '李', role: 'operator', via: 'obs', from: null };
const WANG: Actor = { ...LI, name: '王' };
const RED: TestPatternRequest = { pattern: 'red', target: { kind: 'wall' }, seconds: 60, confirm: true };

function desk(more: Partial<TestPatternsOptions> = {}): {
  patterns: TestPatterns;
  wall: WallDouble;
  changes: () => number;
} {
  const wall = new WallDouble();
  const isCamera = (source: string): boolean => source === 'lobby' || source === 'window-a';
  const setting = {
    size: WALL,
    outputs: OUTPUTS,
    locale: { timeZone: 'Asia/Shanghai', language: 'zh-CN' } as const,
    isCamera,
  };
  const patterns = new TestPatterns({ ...setting, wall, cellsOnAir: () => CELLS, log: silentLogger, ...more });
  let changes = 0;
  patterns.on('changed', () => (changes += 1));
  return { patterns, wall, changes: () => changes };
}

describe('a test pattern', () => {
  it('goes on the wall for its time, and everybody can see whose it is and what it covers', async () => {
    const { patterns, wall, changes } = desk();
    const before = { epochMs: Date.now(), monotonicMs: monotonicMs() };
    await patterns.show({ ...RED, target: { kind: 'cabinet', output: 'top', cabinet: 3 }, seconds: 10 }, LI);
    const current = patterns.current();
    expect(current).toMatchObject({
      pattern: 'red',
      target: { kind: 'cabinet', output: 'top', cabinet: 3 },
      area: { x: 0, y: 0, widthPx: 80, heightPx: 60 },
      by: '李',
      coveredCells: ['left'],
      coveredCameras: ['lobby'],
    });
    expect((current?.endsAtMs ?? 0) - (current?.sinceMs ?? 0)).toBe(10_000);
    expect(current?.sinceMs).toBeGreaterThanOrEqual(before.epochMs);
    const [order] = wall.orders;
    expect(order?.endsAtMs).toBeGreaterThanOrEqual(before.monotonicMs + 10_000);
    expect(order?.pattern).toMatchObject({
      pattern: 'red',
      place: { area: { x: 0, y: 0, widthPx: 80, heightPx: 60 } },
    });
    expect(changes()).toBe(1);
  });

  it('on the whole wall covers every camera, and no camera where only the running line is', async () => {
    const { patterns } = desk();
    await patterns.show(RED, LI);
    expect(patterns.current()).toMatchObject({
      coveredCells: ['left', 'right', 'edge'],
      coveredCameras: ['lobby', 'window-a'],
    });
  });

  it('is over when the wall says so, and not when the wall speaks of one before', async () => {
    const { patterns, wall, changes } = desk();
    await patterns.show(RED, LI);
    await patterns.show({ ...RED, pattern: 'grid' }, WANG);
    const [first, second] = wall.orders;
    wall.emit('patternEnded', first?.number ?? -1);
    expect(patterns.current()).toMatchObject({ pattern: 'grid', by: '王' });
    wall.emit('patternEnded', second?.number ?? -1);
    expect(patterns.current()).toBeNull();
    expect(changes()).toBe(3);
  });

  it('is taken away on request; asking twice changes nothing', async () => {
    const { patterns, wall, changes } = desk();
    await patterns.show(RED, LI);
    patterns.stop(WANG);
    patterns.stop(WANG);
    expect(patterns.current()).toBeNull();
    expect(wall.orders.slice(1)).toEqual([null]);
    expect(changes()).toBe(2);
  });

  it('does not come after it was taken away, however long its texts take', async () => {
    const { patterns, wall } = desk();
    const coming = patterns.show({ ...RED, pattern: 'cabinet-numbers' }, LI);
    patterns.stop(WANG);
    await coming;
    expect(patterns.current()).toBeNull();
    expect(wall.orders.filter((order) => order !== null)).toEqual([]);
  });

  it.each([
    [{ pattern: 'plaid' }, 'unknown-pattern'],
    [{ pattern: 'toString' }, 'unknown-pattern'],
    [{ target: { kind: 'output', output: 'nowhere' } } as const, 'unknown-output'],
    [{ target: { kind: 'cabinet', output: 'top', cabinet: 9 } } as const, 'unknown-cabinet'],
    [{ seconds: 601 }, 'bad-duration'],
    [{ seconds: 0 }, 'bad-duration'],
    [{ seconds: Number.NaN }, 'bad-duration'],
  ])('is refused with %o: %s', async (wrong, code) => {
    const { patterns, wall } = desk();
    await expect(patterns.show({ ...RED, ...wrong }, LI)).rejects.toMatchObject({ code });
    expect(wall.orders).toEqual([]);
    expect(patterns.current()).toBeNull();
  });
});

describe('while the hall is open', () => {
  it('a pattern takes a second confirmation, and one is asked for when nobody knows the hours', async () => {
    for (const more of [{}, { isOpenNow: () => true }]) {
      const { patterns, wall } = desk(more);
      await expect(patterns.show({ ...RED, confirm: false }, LI)).rejects.toMatchObject({
        code: 'confirmation-needed',
        parameters: { reason: 'open', confirm: true },
      });
      expect(wall.orders).toEqual([]);
      await patterns.show(RED, LI);
      expect(patterns.current()?.pattern).toBe('red');
    }
  });

  it('and not when it is known to be closed', async () => {
    const { patterns } = desk({ isOpenNow: () => false });
    await patterns.show({ ...RED, confirm: false }, LI);
    expect(patterns.current()?.pattern).toBe('red');
  });

  it('by the opening hours of the schedule, minute by minute of a working day, and never on a holiday', async () => {
    const plan = {
      tours: [],
      schedule: schedule({
        openingHours: { 'monday-friday': ['09:00-12:00', '13:30-17:00'] },
        holidays: [{ name: '国庆节', from: '2026-10-01', to: '2026-10-07' }],
        rules: [],
        otherwise: 'hall',
      }),
      timeZone: 'Asia/Shanghai',
    };
    const clock = new SimulatedClock(Date.parse('2026-09-30T00:00:00+08:00'));
    const automation = { mode: 'schedule' } as const;
    const conductor = new Conductor({ plan, automation, clock, onAir: () => 'hall', isDead: () => false });
    const { patterns } = desk({ isOpenNow: () => conductor.isOpen ?? true });
    const asked: string[] = [];
    for (let minute = 0; minute < 2 * 24 * 60; minute += 1) {
      const refusal = await patterns.show({ ...RED, confirm: false }, LI).catch((failure: unknown) => failure);
      const isAsked = refusal !== undefined;
      if (isAsked) expect(refusal).toMatchObject({ code: 'confirmation-needed' });
      if (isAsked !== asked.length % 2 > 0)
        asked.push(new Date(clock.epochMs() + 8 * 3_600_000).toISOString().slice(0, 16));
      clock.advance(60_000);
    }
    expect(asked).toEqual(['2026-09-30T09:00', '2026-09-30T12:00', '2026-09-30T13:30', '2026-09-30T17:00']);
    conductor.plan = { ...plan, schedule: schedule({ rules: [], otherwise: 'hall' }) };
    expect(conductor.isOpen).toBeNull();
    conductor.plan = { ...plan, schedule: null };
    expect(conductor.isOpen).toBeNull();
    await conductor.close();
  });

  it('what does not exist is said before anybody is asked to confirm it', async () => {
    const { patterns } = desk();
    const wrong = { ...RED, target: { kind: 'output', output: 'nowhere' } as const, confirm: false };
    await expect(patterns.show(wrong, LI)).rejects.toMatchObject({ code: 'unknown-output' });
  });
});

describe('when the outputs change', () => {
  const others = OUTPUTS.map((output) =>
    output.id === 'top' ? outputOptions.parse({ ...output, map: undefined }) : output,
  );
  const setting = { size: WALL, locale: { timeZone: 'Asia/Shanghai', language: 'zh-CN' } as const };

  it('a pattern goes where its cabinet is not there any more', async () => {
    const { patterns, wall } = desk();
    await patterns.show({ ...RED, target: { kind: 'cabinet', output: 'top', cabinet: 3 } }, LI);
    patterns.use({ ...setting, outputs: others });
    expect(patterns.current()).toBeNull();
    expect(wall.orders.at(-1)).toBeNull();
  });

  it('and stays where all is as before', async () => {
    const { patterns } = desk();
    await patterns.show({ ...RED, target: { kind: 'output', output: 'bottom' } }, LI);
    patterns.use({ ...setting, outputs: others });
    expect(patterns.current()?.pattern).toBe('red');
  });
});
