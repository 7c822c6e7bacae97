import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  ControllerDriver,
  ControllerReading,
  WantedOfController,
} from '../../src/controller/controller-driver.js';
import { controllerOptions, type ControllerType } from '../../src/controller/options.js';
import { controllerModules, createController } from '../../src/controller/registry.js';
import type { ControllerFault } from '../../src/rehearsal/controller/fault.js';
import type { SimulatedController } from '../../src/rehearsal/controller/simulated-controller.js';
import { eventually } from '../eventually.js';
import { closedTcpPort, examples, optionsFor, types } from './simulated.js';

/** A bound for tests, much longer than any driver waits. */
const LONG_MS = 10_000;

describe('registry', () => {
  it('holds exactly the types that the options know', () => {
    const known = controllerOptions.options.map((option) => [...option.shape.type.values][0]);
    expect(Object.keys(controllerModules).sort()).toEqual(known.sort());
  });
});

describe.each(types)('controller driver %s', (type: ControllerType) => {
  const { start, tells } = examples[type];
  let twin: SimulatedController;
  let driver: ControllerDriver;

  beforeEach(async () => {
    const started = await start();
    twin = started.twin;
    driver = createController(optionsFor(type, started.options));
  });

  afterEach(async () => {
    await driver.close();
    await twin.close();
  });

  async function read(): Promise<ControllerReading> {
    const outcome = await driver.read(AbortSignal.timeout(LONG_MS));
    if (outcome.kind === 'failed') throw new Error(`reading failed: ${outcome.reason}`);
    return outcome.value;
  }

  async function apply(wanted: Partial<WantedOfController>): Promise<void> {
    const all: WantedOfController = { picture: 'normal', brightnessPercent: null, ...wanted };
    expect(await driver.apply(all, AbortSignal.timeout(LONG_MS))).toEqual({ kind: 'done', value: null });
  }

  it('makes its controller obey, and reads back what it does', async () => {
    await apply({ brightnessPercent: 40 });
    await eventually(() => expect(twin.screen.state.brightnessPercent).toBeCloseTo(40, 1));
    expect(twin.screen.state).toMatchObject({ black: false, freeze: false });
    expect((await read()).brightnessPercent ?? 40).toBeCloseTo(40, 1);

    await apply({ picture: 'black' });
    await eventually(() => expect(twin.screen.state.black).toBe(true));
    expect((await read()).black ?? true).toBe(true);
    // Nobody decided on the brightness: it stays.
    expect(twin.screen.state.brightnessPercent).toBeCloseTo(40, 1);

    await apply({ picture: 'freeze' });
    await eventually(() => expect(twin.screen.state).toMatchObject({ black: false, freeze: true }));
    expect((await read()).freeze ?? true).toBe(true);

    await apply({ picture: 'normal' });
    await eventually(() => expect(twin.screen.state).toMatchObject({ black: false, freeze: false }));
  });

  it('tells what it can tell, and null of the rest', async () => {
    const reading = await read();
    const told = Object.entries(reading).flatMap(([field, value]) => (value === null ? [] : [field]));
    expect(told.filter((field) => !['detail', 'voltageVolts'].includes(field)).sort()).toEqual([...tells].sort());
    expect(reading.detail).toMatch(/^[\x20-\x7e]{4,80}$/);
  });

  it('tells of the truth whatever was commanded before', async () => {
    await apply({});
    await read();
    twin.screen.turn({ black: true });
    expect((await read()).black ?? true).toBe(true);
    twin.fault({ kind: 'lie', says: { black: false } });
    await read().catch(() => undefined);
    expect((await read()).black ?? false).toBe(false);
  });

  it('says that nobody is there, and finds a controller that comes back', async () => {
    await read();
    await twin.close();
    await eventually(async () => {
      const outcome = await driver.read(AbortSignal.timeout(LONG_MS));
      expect(outcome).toEqual({ kind: 'failed', reason: 'refused' });
    });
    expect(await driver.apply({ picture: 'black', brightnessPercent: 10 }, AbortSignal.timeout(LONG_MS))).toEqual({
      kind: 'failed',
      reason: 'refused',
    });
  });

  it('says of an address where nothing listens why', async () => {
    const lost = createController(optionsFor(type, { port: await closedTcpPort() }));
    expect(await lost.read(AbortSignal.timeout(LONG_MS))).toEqual({ kind: 'failed', reason: 'refused' });
    await lost.close();
    const nowhere = createController(optionsFor(type, { host: 'no-such-host.invalid' }));
    const outcome = await nowhere.read(AbortSignal.timeout(LONG_MS));
    expect(outcome.kind === 'failed' && outcome.reason).toMatch(/^(unknown-host|name-service|no-answer)$/);
    await nowhere.close();
  });

  const faults: [ControllerFault['kind'], string][] = [
    ['slow', 'slow'],
    ['hang', 'slow'],
    ['truncate', 'truncated'],
    ['oversize', 'oversize'],
    ['garbage', 'garbage'],
    ['refuse', 'device-error'],
  ];
  it.each(faults)('makes a reason of a controller that answers with %s, and recovers', async (kind, reason) => {
    await read();
    twin.fault({ kind } as ControllerFault);
    const outcome = await eventually(async () => {
      const found = await driver.read(AbortSignal.timeout(2_500));
      // The connection was cut when the fault began.
      expect(found).not.toEqual({ kind: 'failed', reason: 'broken' });
      return found;
    });
    if (type === 'colorlight' && ['slow', 'hang', 'refuse'].includes(kind)) {
      // It need not answer: a reading without an answer knows nothing.
      expect(outcome.kind).toBe('done');
    } else {
      expect(outcome).toEqual({ kind: 'failed', reason: type === 'coex' && kind === 'refuse' ? 'locked' : reason });
    }
    twin.fault({ kind: 'none' });
    await eventually(read);
  });

  it.skipIf(type === 'colorlight')('says that the connection breaks off instead of an answer', async () => {
    twin.fault({ kind: 'drop' });
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await driver.read(AbortSignal.timeout(LONG_MS))).toEqual({ kind: 'failed', reason: 'broken' });
    }
  });

  it('ends a question when it is called off, and closes in the middle of one', async () => {
    twin.fault({ kind: 'hang' });
    const calling = new AbortController();
    const question = driver.read(calling.signal);
    calling.abort();
    await question;
    const another = driver.read(AbortSignal.timeout(2_500));
    await Promise.all([driver.close(), driver.close()]);
    await another;
  });
});
