import { afterEach, describe, expect, it } from 'vitest';
import { Conductor, type AutomationPlan } from '../../src/automation/conductor.js';
import type { Automation } from '../../src/switcher/state.js';
import { schedule, tour } from './plans.js';
import { SimulatedClock } from './simulated-clock.js';

const START_MS = Date.parse('2026-09-21T11:59:00+08:00');

const plan: AutomationPlan = {
  timeZone: 'Asia/Shanghai',
  tours: [
    tour({ id: 'windows', name: '窗口', stops: [{ layout: 'a' }, { layout: 'b' }, { layout: 'c' }] }),
    tour({ id: 'lobbies', name: '大厅', stops: [{ layout: 'l' }, { layout: 'm' }] }),
  ],
  schedule: schedule({
    openingHours: { 'monday-friday': ['09:00-12:00', '13:30-17:00'] },
    rules: [
      { name: '午休', when: 'lunch', show: 'lunch' },
      { name: '办公', when: 'open', show: 'windows' },
    ],
    otherwise: 'closed',
  }),
};

const manual: Automation = { mode: 'manual', untilMs: null };
const following: Automation = { mode: 'schedule' };

describe('the conductor', () => {
  const dead = new Set<string>();
  let conductor: Conductor;
  let clock: SimulatedClock;
  let onAir = 'a';
  const prepared: (string | null)[] = [];
  let overrides = 0;

  function conduct(automation: Automation, startMs = START_MS): void {
    clock = new SimulatedClock(startMs);
    conductor = new Conductor({
      plan,
      automation,
      clock,
      onAir: () => onAir,
      isDead: (layout) => dead.has(layout),
    });
    conductor.on('changed', () => {
      const { layout, prepare } = conductor.intent;
      if (layout !== null) onAir = layout;
      prepared.push(prepare);
    });
    conductor.on('overrideEnded', () => {
      overrides += 1;
      conductor.automation = following;
    });
    conductor.look();
  }

  afterEach(async () => {
    await conductor.close();
    expect(clock.timers).toBe(0);
    dead.clear();
    prepared.length = 0;
    onAir = 'a';
    overrides = 0;
  });

  it('wants nothing while people decide, and knows what the schedule would show', () => {
    conduct(manual);
    expect(conductor.intent).toEqual({ layout: null, by: null, name: null, prepare: null });
    expect(conductor.status()).toMatchObject({
      running: null,
      scheduled: { show: 'windows', rule: '办公' },
      scheduledNext: { show: 'lunch', rule: '午休', fromMs: Date.parse('2026-09-21T12:00:00+08:00') },
      next: null,
    });
    clock.advance(3_600_000);
    expect(conductor.intent.layout).toBeNull();
  });

  it('runs a tour that the schedule shows, and prepares each stop before it comes', () => {
    conduct(following);
    expect(conductor.intent).toEqual({ layout: 'a', by: 'tour', name: '窗口', prepare: null });
    expect(conductor.status().running).toEqual({
      tour: 'windows',
      stopIndex: 0,
      sinceMs: START_MS,
      untilMs: START_MS + 20_000,
    });
    expect(conductor.status().next).toEqual({ layout: 'b', atMs: START_MS + 20_000 });
    clock.advance(14_999);
    expect(conductor.intent.prepare).toBeNull();
    clock.advance(1);
    expect(conductor.intent).toEqual({ layout: 'a', by: 'tour', name: '窗口', prepare: 'b' });
    clock.advance(5_000);
    expect(conductor.intent).toEqual({ layout: 'b', by: 'tour', name: '窗口', prepare: null });
    expect(prepared).toEqual([null, 'b', null]);
  });

  it('gives way to the schedule in the middle of a tour, prepared as well', () => {
    conduct(following);
    clock.advance(55_000);
    expect(conductor.intent).toEqual({ layout: 'c', by: 'tour', name: '窗口', prepare: 'lunch' });
    clock.advance(5_000);
    expect(conductor.intent).toEqual({ layout: 'lunch', by: 'schedule', name: '午休', prepare: null });
    clock.advance(90 * 60_000 - 5_000);
    expect(conductor.intent).toEqual({ layout: 'lunch', by: 'schedule', name: '午休', prepare: 'a' });
    clock.advance(5_000);
    expect(conductor.intent.layout).toBe('a');
  });

  it('begins no stop that the schedule would take away at once', () => {
    conduct(following, START_MS - 3_000);
    clock.advance(60_000);
    expect(conductor.intent).toEqual({ layout: 'c', by: 'tour', name: '窗口', prepare: 'lunch' });
    clock.advance(2_999);
    expect(conductor.intent.layout).toBe('c');
    clock.advance(1);
    expect(conductor.intent.layout).toBe('lunch');
  });

  it('hears of cameras at once', () => {
    conduct(following);
    clock.advance(18_000);
    dead.add('b');
    conductor.look();
    expect(conductor.intent.prepare).toBe('c');
    clock.advance(2_000);
    expect(conductor.intent.layout).toBe('c');
    clock.advance(7_000);
    dead.add('c');
    conductor.look();
    expect(conductor.intent.layout).toBe('a');
    dead.add('a');
    conductor.look();
    clock.advance(10_000);
    expect(conductor.intent).toEqual({ layout: 'a', by: 'tour', name: '窗口', prepare: null });
    expect(conductor.status().running?.untilMs).toBeNull();
    dead.delete('c');
    conductor.look();
    expect(conductor.intent.layout).toBe('c');
  });

  it('runs a tour that somebody started, whatever the schedule says', () => {
    conduct({ mode: 'tour', tour: 'lobbies' });
    expect(conductor.intent).toEqual({ layout: 'l', by: 'tour', name: '大厅', prepare: null });
    clock.advance(61_000);
    expect(conductor.intent.layout).toBe('m');
    expect(conductor.status().scheduled?.show).toBe('lunch');
  });

  it('goes back to the schedule when the time of an override ends', () => {
    const untilMs = START_MS + 30_000;
    conduct({ mode: 'manual', untilMs });
    clock.advance(25_000);
    expect(conductor.intent.prepare).toBe('a');
    expect(conductor.status().next).toEqual({ layout: 'a', atMs: untilMs });
    expect(overrides).toBe(0);
    clock.advance(5_000);
    expect(overrides).toBe(1);
    expect(conductor.intent).toEqual({ layout: 'a', by: 'tour', name: '窗口', prepare: null });
  });

  it('goes back at once when that time passed while nothing ran', () => {
    conduct({ mode: 'manual', untilMs: START_MS - 1 });
    expect(overrides).toBe(1);
    expect(conductor.intent.layout).toBe('a');
  });

  it('takes in another plan without losing its place', () => {
    conduct(following);
    clock.advance(30_000);
    expect(conductor.intent.layout).toBe('b');
    const [windows] = plan.tours;
    if (windows === undefined) throw new Error('no tour');
    conductor.plan = { ...plan, tours: [{ ...windows, stops: windows.stops.slice(1) }] };
    expect(conductor.intent.layout).toBe('b');
    clock.advance(10_000);
    expect(conductor.intent.layout).toBe('c');
    clock.advance(20_000);
    expect(conductor.intent.layout).toBe('lunch');
  });

  it('wants nothing for a schedule that is gone', () => {
    conduct(following);
    conductor.plan = { ...plan, schedule: null };
    expect(conductor.intent).toEqual({ layout: null, by: null, name: null, prepare: null });
    expect(conductor.day(null)).toBeNull();
  });
});
