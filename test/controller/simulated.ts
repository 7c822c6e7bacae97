import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { ControllerReading } from '../../src/controller/controller-driver.js';
import { controllerOptions, type ControllerOptions, type ControllerType } from '../../src/controller/options.js';
import { SimulatedCoex } from '../../src/rehearsal/controller/simulated-coex.js';
import { SimulatedColorlight } from '../../src/rehearsal/controller/simulated-colorlight.js';
import type { SimulatedController } from '../../src/rehearsal/controller/simulated-controller.js';
import { SimulatedNovastar } from '../../src/rehearsal/controller/simulated-novastar.js';

/** A twin, and the options with which it is reached. */
export type Example = {
  readonly start: () => Promise<{ readonly twin: SimulatedController; readonly options: Record<string, unknown> }>;
  /** What it can tell of what it is told; Colorlight processors tell nothing of it. */
  readonly tells: readonly (keyof ControllerReading)[];
};

/** For every driver. One without an entry does not compile. */
export const examples: { readonly [Type in ControllerType]: Example } = {
  novastar: {
    start: async () => {
      const twin = await SimulatedNovastar.start({ cards: 12 });
      return { twin, options: { port: twin.port, chains: [{ port: 0, cards: 12 }], dviSignal: true } };
    },
    tells: ['black', 'freeze', 'testPicture', 'brightnessPercent', 'cabinets', 'temperatureCelsius', 'link', 'input'],
  },
  coex: {
    start: async () => {
      const twin = await SimulatedCoex.start({ cabinets: 12 });
      return { twin, options: { port: twin.port, cabinets: 12, input: 'HDMI 2.0' } };
    },
    tells: ['black', 'freeze', 'brightnessPercent', 'cabinets', 'temperatureCelsius', 'link', 'input'],
  },
  colorlight: {
    start: async () => {
      const twin = await SimulatedColorlight.start();
      return { twin, options: { port: twin.port, searchPort: twin.searchPort } };
    },
    tells: [],
  },
};

export const types = Object.keys(examples) as ControllerType[];

/** Options with defaults filled in. */
export function optionsFor(type: ControllerType, options: Record<string, unknown>): ControllerOptions {
  return controllerOptions.parse({ id: 'screen', type, host: '127.0.0.1', ...options });
}

/** A TCP port on which nobody listens any more. */
export async function closedTcpPort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
