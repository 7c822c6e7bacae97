import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicMs } from '../../../src/core/clock.js';
import { readMetric } from '../metrics-reader.js';
import { type Fault, nothing, type Requirement } from './fault.js';
import { ALL_CAMERAS } from './fault-hall.js';

const HOUR_MS = 3_600_000;
const SAVED_LIMIT_MS = 40_000;
const SMALL_DISK: Requirement = { name: 'root, who may mount a small disk', isMet: ({ disk }) => disk !== null };

/** What the service stands on: the clock, the disk, the network to the screen; and the engine itself. */
export const serviceFaults: readonly Fault[] = [
  { ...clock('system clock moved an hour ahead and back', HOUR_MS), isQuick: true },
  clock('system clock moved an hour back and ahead', -HOUR_MS),
  {
    name: 'disk full for state',
    hurts: [],
    expectsSlate: false,
    lastsMs: 4_000,
    isQuick: true,
    needs: SMALL_DISK,
    inflict: async ({ disk, obs }) => {
      await disk?.fill();
      const requestData = { text: 'is not kept {queue.waiting}' };
      await obs.call('CallVendorRequest', { vendorName: 'glasshall', requestType: 'SetTicker', requestData });
    },
    heal: async ({ disk, wall }) => {
      const isReported = !(await isSaved(wall.url));
      await disk?.clear();
      if (!isReported) throw new Error('that the state is not saved was not reported');
      const sinceMs = monotonicMs();
      while (!(await isSaved(wall.url))) {
        if (monotonicMs() - sinceMs > SAVED_LIMIT_MS) throw new Error('the state is not saved although there is room');
        await sleep(50);
      }
      return `reported, saved ${Math.round(monotonicMs() - sinceMs)} ms after there was room`;
    },
  },
  {
    name: 'output unreachable, then back',
    hurts: ALL_CAMERAS,
    expectsSlate: false,
    lastsMs: 5_000,
    isQuick: true,
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
  { ...ended('engine killed', 'SIGKILL'), isQuick: true },
  ended('engine stopped', 'SIGSTOP'),
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

async function isSaved(url: string): Promise<boolean> {
  return (await readMetric(url, 'glasshall_state_saved')) === 1;
}

function ended(name: string, signal: 'SIGKILL' | 'SIGSTOP'): Fault {
  return {
    name,
    hurts: ALL_CAMERAS,
    expectsSlate: true,
    lastsMs: 1_000,
    endsEngine: true,
    inflict: ({ wall }) => {
      process.kill(wall.enginePid(), signal);
      return Promise.resolve();
    },
  };
}
