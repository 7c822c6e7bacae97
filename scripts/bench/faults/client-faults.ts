import { startLoad, type LoadProcess } from '../load/load-process.js';
import type { LoadOrder } from '../load/load.js';
import { type Fault, nothing } from './fault.js';

/** Pages and programs that ask too much, or take nothing. */
export const clientFaults: readonly Fault[] = [
  { ...loaded('page client that never reads', { kind: 'deaf' }, 8_000), isQuick: true },
  loaded('50 page clients', { kind: 'pages', count: 50 }, 8_000),
  loaded('2,000 requests a second', { kind: 'requests', perSecond: 2_000 }, 5_000),
];

function loaded(name: string, order: Omit<LoadOrder, 'url' | 'obsUrl'>, lastsMs: number): Fault {
  let load: LoadProcess | null = null;
  return {
    name,
    hurts: [],
    expectsSlate: false,
    lastsMs,
    inflict: async ({ wall }) => {
      const { url, obsUrl } = wall;
      load = await startLoad({ ...order, url, obsUrl });
    },
    heal: () => load?.stop() ?? nothing(),
  };
}
