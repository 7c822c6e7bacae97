import { afterEach, describe, expect, it } from 'vitest';
import { ControllerWatch, type ControllerStatus } from '../../src/controller/controller-watch.js';
import { CloseStack } from '../../src/core/closing.js';
import { silentLogger } from '../../src/core/logger.js';
import { SimulatedNovastar } from '../../src/rehearsal/controller/simulated-novastar.js';
import { eventually } from '../eventually.js';
import { examples, optionsFor, types } from './simulated.js';

let closing = new CloseStack();
afterEach(async () => {
  await closing.close();
  closing = new CloseStack();
});

function statusOf(watch: ControllerWatch): ControllerStatus {
  const [status] = watch.statuses();
  if (status === undefined) throw new Error('there is no controller');
  return status;
}

describe.each(types)('watching a simulated %s', (type) => {
  it('follows what is wanted and the blackout', async () => {
    const { twin, options } = await examples[type].start();
    closing.add(twin);
    const watch = closing.add(ControllerWatch.start({ controllers: [optionsFor(type, options)], log: silentLogger }));
    await eventually(() => expect(statusOf(watch).state).toMatch(/^(answering|unconfirmed)$/));

    watch.setWanted('screen', { brightnessPercent: 25 });
    await eventually(() => expect(twin.screen.state.brightnessPercent).toBeCloseTo(25, 0));
    watch.setBlackout(true);
    await eventually(() => expect(twin.screen.state.black).toBe(true));
    expect(statusOf(watch).wanted).toEqual({ picture: 'black', brightnessPercent: 25 });
    watch.setWanted('screen', { picture: 'freeze' });
    expect(statusOf(watch).wanted.picture).toBe('black');
    watch.setBlackout(false);
    await eventually(() => expect(twin.screen.state).toMatchObject({ black: false, freeze: true }));
    watch.setWanted('screen', { picture: 'normal' });
    await eventually(() => expect(twin.screen.state.freeze).toBe(false));
    expect(twin.screen.state.brightnessPercent).toBeCloseTo(25, 0);
  });

  it.skipIf(type === 'colorlight')('tells of one that lies, of one that is deaf, and of what breaks', async () => {
    const { twin, options } = await examples[type].start();
    closing.add(twin);
    const controllers = [optionsFor(type, { ...options, every: '500ms', settle: '500ms' })];
    const watch = closing.add(ControllerWatch.start({ controllers, log: silentLogger }));
    await eventually(() => expect(statusOf(watch).state).toBe('answering'));

    twin.fault({ kind: 'lie', says: { black: true } });
    await eventually(() =>
      expect(statusOf(watch).alarms).toMatchObject([{ code: 'black', wanted: false, reported: true }]),
    );
    twin.fault({ kind: 'deaf' });
    watch.setWanted('screen', { picture: 'freeze' });
    await eventually(() => expect(statusOf(watch).alarms).toMatchObject([{ code: 'freeze' }]));
    twin.fault({ kind: 'none' });
    watch.setWanted('screen', { picture: 'normal' });
    await eventually(() => expect(statusOf(watch).alarms).toEqual([]));

    const [first, second] = twin.screen.cabinets;
    if (first === undefined || second === undefined) throw new Error('there are cabinets');
    first.isConnected = false;
    second.temperatureCelsius = 88;
    twin.screen.hasSignal = false;
    await eventually(() =>
      expect(statusOf(watch).alarms).toMatchObject([
        { code: 'input', wanted: true, reported: false },
        { code: 'cabinets', wanted: 12, reported: 11 },
        { code: 'temperature', wanted: 75, reported: 88 },
      ]),
    );
    first.isConnected = true;
    second.temperatureCelsius = 40;
    twin.screen.hasSignal = true;
    await eventually(() => expect(statusOf(watch).alarms).toEqual([]));
  });
});

describe('the watch', () => {
  it('leaves a controller in the picture that does not follow the blackout', async () => {
    const twin = closing.add(await SimulatedNovastar.start({ cards: 1 }));
    const controllers = [optionsFor('novastar', { port: twin.port, blackout: false })];
    const watch = closing.add(ControllerWatch.start({ controllers, log: silentLogger }, true));
    await eventually(() => expect(statusOf(watch).state).toBe('answering'));
    expect(twin.screen.state.black).toBe(false);
    expect(statusOf(watch)).toMatchObject({ wanted: { picture: 'normal' }, alarms: [] });
  });

  it('takes the silence of all cards for a yes, and reads the truth', async () => {
    const twin = closing.add(await SimulatedNovastar.start({ cards: 2 }));
    twin.answersBroadcasts = false;
    const controllers = [optionsFor('novastar', { port: twin.port, chains: [{ port: 0, cards: 2 }] })];
    const watch = closing.add(ControllerWatch.start({ controllers, log: silentLogger }));
    watch.setWanted('screen', { brightnessPercent: 60 });
    await eventually(() => expect(statusOf(watch).reading?.brightnessPercent).toBeCloseTo(60, 0));
    expect(statusOf(watch)).toMatchObject({ state: 'answering', reason: null });
  });

  it('asks the cards of a large screen in turn', async () => {
    const twin = closing.add(await SimulatedNovastar.start({ cards: 40 }));
    const last = twin.screen.cabinets.at(-1);
    if (last === undefined) throw new Error('there are cabinets');
    last.isConnected = false;
    const options = { port: twin.port, chains: [{ port: 0, cards: 40 }], every: '500ms', settle: '500ms' };
    const watch = closing.add(
      ControllerWatch.start({ controllers: [optionsFor('novastar', options)], log: silentLogger }),
    );
    await eventually(() => expect(statusOf(watch).reading?.cabinets).toEqual({ ok: 39, total: 40 }));
    await eventually(() => expect(statusOf(watch).alarms).toMatchObject([{ code: 'cabinets', reported: 39 }]));
  });

  it('goes on undisturbed with controllers that stay, lets others go and meets new ones', async () => {
    const first = closing.add(await SimulatedNovastar.start({ cards: 1 }));
    const second = closing.add(await SimulatedNovastar.start({ cards: 1 }));
    const staying = optionsFor('novastar', { id: 'one', port: first.port });
    const changing = (port: number, every: string): typeof staying =>
      optionsFor('novastar', { id: 'two', port, every });
    const watch = closing.add(
      ControllerWatch.start({ controllers: [staying, changing(second.port, '1s')], log: silentLogger }),
    );
    watch.setWanted('two', { brightnessPercent: 35 });
    for (const brightnessPercent of [-1, 101, NaN]) {
      expect(() => watch.setWanted('two', { brightnessPercent })).toThrow('is no brightness');
    }
    await eventually(() => expect(second.screen.state.brightnessPercent).toBeCloseTo(35, 0));
    const [before] = watch.statuses();
    await watch.update([staying, changing(second.port, '2s')]);
    expect(watch.statuses().map(({ controller }) => controller)).toEqual(['one', 'two']);
    expect(watch.statuses()[0]?.sinceMs).toBe(before?.sinceMs);
    // What was wanted of it is wanted still.
    await eventually(() =>
      expect(watch.statuses()[1]).toMatchObject({ state: 'answering', wanted: { brightnessPercent: 35 } }),
    );
    await watch.update([staying]);
    expect(() => watch.setWanted('two', { brightnessPercent: 1 })).toThrow('there is no controller two');
  });
});
