import { afterEach, describe, expect, it } from 'vitest';
import { checkControllers } from '../../src/cli/check-controllers.js';
import { formatVerdict } from '../../src/cli/verdict.js';
import { CloseStack } from '../../src/core/closing.js';
import { SimulatedCoex } from '../../src/rehearsal/controller/simulated-coex.js';
import { SimulatedColorlight } from '../../src/rehearsal/controller/simulated-colorlight.js';
import { SimulatedNovastar } from '../../src/rehearsal/controller/simulated-novastar.js';
import { closedTcpPort, optionsFor } from '../controller/simulated.js';

let closing = new CloseStack();
afterEach(async () => {
  await closing.close();
  closing = new CloseStack();
});

async function check(...controllers: ReturnType<typeof optionsFor>[]): Promise<string[]> {
  const verdicts = await checkControllers(controllers, new AbortController().signal);
  return verdicts.map(formatVerdict);
}

describe('check of controllers', () => {
  it('says what each of them says, and commands nothing', async () => {
    const novastar = closing.add(await SimulatedNovastar.start({ cards: 2 }));
    const coex = closing.add(await SimulatedCoex.start({ cabinets: 3 }));
    const colorlight = closing.add(await SimulatedColorlight.start());
    novastar.screen.turn({ black: true, brightnessPercent: 20 });
    const lines = await check(
      optionsFor('novastar', { port: novastar.port, chains: [{ port: 0, cards: 2 }] }),
      optionsFor('coex', { port: coex.port }),
      optionsFor('colorlight', { port: colorlight.port, searchPort: colorlight.searchPort }),
    );
    expect(lines[0]).toMatch(/^controller {2}screen .* ok .*NovaStar, black, brightness 20 %, 2 of 2 cabinets, 39 °C$/);
    expect(lines[1]).toMatch(/ ok .*COEX MX40 Pro_0, not black, brightness 100 %, 3 of 3 cabinets, 40 °C$/);
    expect(lines[2]).toMatch(/ \? .*takes commands; it cannot say what it does — look at the screen$/);
    expect(novastar.screen.state.black).toBe(true);
  });

  it('says what is wrong with each of them and how to mend it', async () => {
    const missing = closing.add(await SimulatedNovastar.start({ cards: 2 }));
    const dark = closing.add(await SimulatedNovastar.start({ cards: 1 }));
    dark.screen.hasSignal = false;
    const locked = closing.add(await SimulatedCoex.start());
    locked.fault({ kind: 'refuse' });
    const strange = closing.add(await SimulatedNovastar.start());
    strange.fault({ kind: 'garbage' });
    const lines = await check(
      optionsFor('novastar', { port: missing.port, chains: [{ port: 0, cards: 3 }] }),
      optionsFor('novastar', { port: dark.port, dviSignal: true }),
      optionsFor('coex', { port: locked.port }),
      optionsFor('novastar', { port: strange.port }),
      optionsFor('novastar', { port: await closedTcpPort() }),
    );
    expect(lines[0]).toMatch(/ WRONG .*2 of 3 cabinets.* — check power and network cables/);
    expect(lines[1]).toMatch(/ WRONG .*no signal at DVI — check the video cable/);
    expect(lines[2]).toMatch(/ WRONG .*another program holds it — close VMP/);
    expect(lines[3]).toMatch(/ WRONG .*another language — check address, port and type/);
    expect(lines[4]).toMatch(/ WRONG .*nothing listens — check/);
  });
});
