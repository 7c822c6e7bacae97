import { describe, expect, it } from 'vitest';
import { ControllerEntry } from '../../src/controller/controller-entry.js';
import {
  NOTHING_KNOWN,
  type ControllerDriver,
  type ControllerReading,
  type Outcome,
  type WantedOfController,
} from '../../src/controller/controller-driver.js';
import type { ControllerStatus } from '../../src/controller/controller-status.js';
import type { Logger } from '../../src/core/logger.js';
import { ManualClock } from './manual-clock.js';
import { optionsFor } from './simulated.js';

/** Says what it is told to say, and keeps what it was told. */
class ScriptedDriver implements ControllerDriver {
  readonly told: WantedOfController[] = [];
  readings = 0;
  isDeaf = false;
  isClosed = false;
  failure: string | null = null;
  mistake: Error | null = null;
  reading: ControllerReading = { ...NOTHING_KNOWN, black: false, freeze: false, brightnessPercent: 100 };

  apply(wanted: WantedOfController): Promise<Outcome<null>> {
    this.told.push(wanted);
    if (this.failure !== null) return Promise.resolve({ kind: 'failed', reason: this.failure });
    if (!this.isDeaf) {
      this.reading = {
        ...this.reading,
        black: wanted.picture === 'black',
        freeze: wanted.picture === 'freeze',
        brightnessPercent: wanted.brightnessPercent ?? this.reading.brightnessPercent,
      };
    }
    return Promise.resolve({ kind: 'done', value: null });
  }

  read(): Promise<Outcome<ControllerReading>> {
    this.readings += 1;
    if (this.mistake !== null) return Promise.reject(this.mistake);
    return Promise.resolve(
      this.failure === null ? { kind: 'done', value: this.reading } : { kind: 'failed', reason: this.failure },
    );
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }
}

class Told implements Logger {
  readonly lines: string[] = [];
  debug = (): void => undefined;
  info = (_: object, message: string): void => void this.lines.push(`info ${message}`);
  warn = (_: object, message: string): void => void this.lines.push(`warn ${message}`);
  error = (_: object, message: string): void => void this.lines.push(`error ${message}`);
  child = (): Logger => this;
}

type Hall = {
  readonly clock: ManualClock;
  readonly driver: ScriptedDriver;
  readonly entry: ControllerEntry;
  readonly statuses: ControllerStatus[];
  readonly log: Told;
};

function begin(options: Record<string, unknown> = {}, wanted: Partial<WantedOfController> = {}): Hall {
  const clock = new ManualClock();
  const driver = new ScriptedDriver();
  const statuses: ControllerStatus[] = [];
  const log = new Told();
  const entry = new ControllerEntry(optionsFor('novastar', options), {
    wanted: { picture: 'normal', brightnessPercent: null, ...wanted },
    driver,
    clock,
    log,
    onChange: (status) => statuses.push(status),
  });
  entry.start();
  return { clock, driver, entry, statuses, log };
}

describe('a watched controller', () => {
  it('waits, answers, and is told of nothing it does anyway', async () => {
    const { clock, driver, entry, statuses } = begin();
    expect(entry.status).toMatchObject({ state: 'waiting', reason: null, reading: null, alarms: [] });
    await clock.advance(5_000);
    expect(entry.status).toMatchObject({ state: 'answering', reason: null, alarms: [], repairs: 0 });
    expect(driver.told).toEqual([]);
    // What does not change is not told again.
    expect(statuses).toHaveLength(1);
    expect(driver.readings).toBe(6);
  });

  it('is told what is wanted when it is first met and does something else', async () => {
    const { clock, driver, entry } = begin({}, { picture: 'black', brightnessPercent: 20 });
    await clock.advance(2_000);
    expect(driver.told).toEqual([{ picture: 'black', brightnessPercent: 20 }]);
    expect(entry.status.alarms).toEqual([]);
    expect(entry.status.reading).toMatchObject({ black: true, brightnessPercent: 20 });
  });

  it('is told at once when something else is wanted, and asked at once whether it does it', async () => {
    const { clock, driver, entry } = begin();
    await clock.advance(1_500);
    const before = driver.readings;
    entry.setWanted({ picture: 'black', brightnessPercent: null });
    entry.setWanted({ picture: 'black', brightnessPercent: null });
    await clock.advance(0);
    expect(driver.told).toEqual([{ picture: 'black', brightnessPercent: null }]);
    expect(driver.readings).toBe(before + 1);
    expect(entry.status.reading).toMatchObject({ black: true });
  });

  it('that lies is an alarm within 5 s, whenever the lie begins, and none when it is mended', async () => {
    for (let phaseMs = 0; phaseMs < 1_000; phaseMs += 125) {
      const { clock, driver, entry, log } = begin();
      await clock.advance(3_000 + phaseMs);
      driver.reading = { ...driver.reading, black: true };
      await clock.advance(1_000);
      expect(entry.status.alarms).toEqual([]);
      await clock.advance(4_000);
      expect(entry.status.alarms).toMatchObject([{ code: 'black', wanted: false, reported: true }]);
      expect(entry.status.alarms[0]?.sinceMs).toBeLessThan(clock.epochMs());
      await clock.advance(60_000);
      // Without the option nothing is repaired, and everything is told once.
      expect(driver.told).toEqual([]);
      expect(log.lines.filter((line) => line.startsWith('error'))).toHaveLength(1);
      driver.reading = { ...driver.reading, black: false };
      await clock.advance(1_000);
      expect(entry.status.alarms).toEqual([]);
      await entry.close();
    }
  });

  it('that passes through something else is no alarm', async () => {
    const { clock, driver, entry, statuses } = begin();
    await clock.advance(1_000);
    driver.reading = { ...driver.reading, freeze: true };
    await clock.advance(1_500);
    driver.reading = { ...driver.reading, freeze: false };
    await clock.advance(10_000);
    expect(statuses.flatMap(({ alarms }) => alarms)).toEqual([]);
    expect(entry.status.state).toBe('answering');
  });

  it('is sent again what it does not do, as often as allowed, and what is wanted next from the beginning', async () => {
    const { clock, driver, entry } = begin({ repair: { attempts: 3, wait: '5s' } });
    await clock.advance(1_000);
    driver.isDeaf = true;
    driver.reading = { ...driver.reading, black: true };
    await clock.advance(120_000);
    expect(driver.told).toHaveLength(3);
    expect(entry.status).toMatchObject({ repairs: 3, alarms: [{ code: 'black' }] });
    driver.isDeaf = false;
    entry.setWanted({ picture: 'normal', brightnessPercent: 50 });
    await clock.advance(2_000);
    expect(driver.told).toHaveLength(4);
    expect(entry.status).toMatchObject({ repairs: 0, alarms: [], reading: { black: false, brightnessPercent: 50 } });
  });

  it('that forgot its brightness at a power cut is mended at the first attempt', async () => {
    const { clock, driver, entry } = begin({ repair: {} }, { brightnessPercent: 15 });
    await clock.advance(2_000);
    driver.reading = { ...driver.reading, brightnessPercent: 100 };
    await clock.advance(6_000);
    expect(entry.status).toMatchObject({ alarms: [], repairs: 1, reading: { brightnessPercent: 15 } });
  });

  it('is not repaired where that cannot help', async () => {
    const { clock, driver, entry } = begin({ repair: {} });
    await clock.advance(1_000);
    driver.reading = { ...driver.reading, cabinets: { ok: 6, total: 12 }, temperatureCelsius: 90 };
    await clock.advance(60_000);
    expect(entry.status.alarms.map(({ code }) => code)).toEqual(['cabinets', 'temperature']);
    expect(driver.told).toEqual([]);
  });

  it.each([
    ['refused', 'unreachable'],
    ['no-answer', 'unreachable'],
    ['slow', 'unreadable'],
    ['truncated', 'unreadable'],
    ['oversize', 'unreadable'],
    ['garbage', 'unreadable'],
  ])('that fails with %s is %s, asked for ever and more rarely, and told of once', async (reason, state) => {
    const { clock, driver, entry, statuses, log } = begin();
    await clock.advance(2_000);
    driver.failure = reason;
    await clock.advance(600_000);
    expect(entry.status).toMatchObject({ state, reason, reading: { black: false } });
    expect(statuses).toHaveLength(2);
    expect(log.lines.filter((line) => line.startsWith('warn'))).toHaveLength(1);
    const asked = driver.readings;
    await clock.advance(600_000);
    // Each ten seconds, give or take a fifth.
    expect(driver.readings - asked).toBeGreaterThan(45);
    expect(driver.readings - asked).toBeLessThan(80);
    driver.failure = null;
    await clock.advance(12_500);
    expect(entry.status).toMatchObject({ state: 'answering', reason: null });
  });

  it('is told what was wanted while nobody was there as soon as it is back; its alarm stands meanwhile', async () => {
    const { clock, driver, entry } = begin();
    driver.reading = { ...driver.reading, freeze: true };
    driver.isDeaf = true;
    await clock.advance(6_000);
    expect(entry.status.alarms).toMatchObject([{ code: 'freeze' }]);
    driver.failure = 'refused';
    await clock.advance(5_000);
    entry.setWanted({ picture: 'black', brightnessPercent: 10 });
    await clock.advance(20_000);
    expect(entry.status).toMatchObject({ state: 'unreachable', alarms: [{ code: 'freeze' }] });
    driver.failure = null;
    driver.isDeaf = false;
    await clock.advance(13_000);
    expect(entry.status).toMatchObject({ state: 'answering', alarms: [], reading: { black: true } });
  });

  it('that cannot tell is told once what is wanted, and unconfirmed', async () => {
    const { clock, driver, entry } = begin();
    driver.reading = NOTHING_KNOWN;
    driver.isDeaf = true;
    await clock.advance(30_000);
    expect(entry.status).toMatchObject({ state: 'unconfirmed', reason: null, alarms: [] });
    expect(driver.told).toHaveLength(1);
  });

  it('whose driver has a mistake is a failure that is told of, and nothing worse', async () => {
    const { clock, driver, entry, log } = begin();
    await clock.advance(1_000);
    driver.mistake = new TypeError('undefined is not a function');
    await clock.advance(3_000);
    expect(entry.status).toMatchObject({ state: 'unreachable', reason: 'driver-failed' });
    expect(log.lines).toContain('error the driver of the controller failed');
    driver.mistake = null;
    await clock.advance(12_000);
    expect(entry.status).toMatchObject({ state: 'answering', reason: null });
  });

  it('is left alone after the close', async () => {
    const { clock, driver, entry, statuses } = begin();
    await clock.advance(1_000);
    await Promise.all([entry.close(), entry.close()]);
    const { readings } = driver;
    entry.setWanted({ picture: 'black', brightnessPercent: 1 });
    await clock.advance(60_000);
    expect(driver).toMatchObject({ isClosed: true, told: [], readings });
    expect(statuses).toHaveLength(1);
    expect(clock.nextInMs).toBeNull();
  });
});
