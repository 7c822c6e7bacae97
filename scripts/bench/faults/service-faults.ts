import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicMs } from '../../../src/core/clock.js';
import { readMetric } from '../metrics-reader.js';
import { type Fault, type FaultGroup, nothing, type SkippedFault } from './fault.js';
import type { FaultHall } from './fault-hall.js';

const HOUR_MS = 3_600_000;
const SAVED_LIMIT_MS = 40_000;

/** What the service stands on: the clock, the disk, the network to the screen; and the engine itself. */
export const serviceFaults: FaultGroup = (hall) => [
  clock('system clock moved an hour ahead and back', HOUR_MS),
  clock('system clock moved an hour back and ahead', -HOUR_MS),
  diskFull(hall),
  {
    name: 'output unreachable, then back',
    hurts: hall.cameras,
    expectsSlate: false,
    lastsMs: 5_000,
    inflict: async ({ screen, tiles }) => {
      tiles.screenIsAway();
      await screen.unplug();
    },
    heal: async ({ screen, tiles }) => {
      await screen.plug();
      tiles.screenIsBack();
      return nothing();
    },
  },
  ended('engine killed', 'SIGKILL', hall.cameras),
  ended('engine stopped', 'SIGSTOP', hall.cameras),
];

/** Of the service's processes; the machine's own is not ours to move. */
function clock(name: string, offsetMs: number): Fault {
  return {
    name,
    hurts: [],
    expectsSlate: false,
    lastsMs: 4_000,
    inflict: (hall) => hall.clock.move(offsetMs),
    heal: async (hall) => {
      await hall.clock.move(0);
      return nothing();
    },
  };
}

function diskFull({ disk }: FaultHall): Fault | SkippedFault {
  const name = 'disk full for state';
  if (disk === null) return { name, skipped: 'only root may mount a small disk' };
  return {
    name,
    hurts: [],
    expectsSlate: false,
    lastsMs: 4_000,
    inflict: async (hall) => {
      await disk.fill();
      const requestData = { text: 'is not kept {queue.waiting}' };
      await hall.obs.call('CallVendorRequest', { vendorName: 'glasshall', requestType: 'SetTicker', requestData });
    },
    heal: async ({ wall }) => {
      const isSaved = async (): Promise<boolean> => (await readMetric(wall.url, 'glasshall_state_saved')) === 1;
      const said = (await isSaved()) ? 'not noticed' : 'reported';
      await disk.clear();
      const sinceMs = monotonicMs();
      while (!(await isSaved())) {
        if (monotonicMs() - sinceMs > SAVED_LIMIT_MS) return `${said}, not saved afterwards`;
        await sleep(50);
      }
      return `${said}, saved ${Math.round(monotonicMs() - sinceMs)} ms after there was room`;
    },
  };
}

function ended(name: string, signal: 'SIGKILL' | 'SIGSTOP', hurts: readonly string[]): Fault {
  return {
    name,
    hurts,
    expectsSlate: true,
    lastsMs: 1_000,
    endsEngine: true,
    inflict: ({ wall }) => {
      process.kill(wall.enginePid(), signal);
      return Promise.resolve();
    },
  };
}
