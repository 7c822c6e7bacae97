import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicMs } from '../../../src/core/clock.js';
import type { QueueFault } from '../../../src/rehearsal/queue-system/queue-system.js';
import type { Fault } from './fault.js';
import type { FaultHall } from './fault-hall.js';

const LASTS_MS = 5_000;
const LIMIT_MS = 20_000;
const FRESH = 'fresh';

/** The queue system, from which the line of text has its numbers. What the counts were said to be goes into the note. */
export const countFaults: readonly Fault[] = [
  {
    ...ofCounts('count feed dead', { kind: 'none' }),
    isQuick: true,
    inflict: ({ queue }) => queue.end(),
    heal: async (hall) => {
      const during = await stateOf(hall);
      await hall.queue.begin();
      return freshAgain(hall, during);
    },
  },
  ofCounts('count feed fails', { kind: 'fail', status: 503 }),
  ofCounts('count feed does not answer', { kind: 'hang' }),
  ofCounts('count feed slow', { kind: 'slow' }),
  { ...ofCounts('count feed of the wrong type', { kind: 'wrong-type' }), isQuick: true },
  ofCounts('count feed huge', { kind: 'huge' }),
  ofCounts('count feed that is no JSON', { kind: 'garbage' }),
];

function ofCounts(name: string, fault: QueueFault): Fault {
  return {
    name,
    hurts: [],
    expectsSlate: false,
    lastsMs: LASTS_MS,
    inflict: ({ queue }) => {
      queue.fault(fault);
      return Promise.resolve();
    },
    heal: async (hall) => {
      const during = await stateOf(hall);
      hall.queue.fault({ kind: 'none' });
      return freshAgain(hall, during);
    },
  };
}

async function freshAgain(hall: FaultHall, during: string): Promise<string> {
  if (during === FRESH) throw new Error('the counts were called fresh although none had come');
  const sinceMs = monotonicMs();
  while ((await stateOf(hall)) !== FRESH) {
    if (monotonicMs() - sinceMs > LIMIT_MS) throw new Error(`the counts, ${during} before, are not fresh again`);
    await sleep(50);
  }
  return `counts ${during}, fresh after ${Math.round(monotonicMs() - sinceMs)} ms`;
}

async function stateOf({ obs }: FaultHall): Promise<string> {
  const { responseData } = await obs.call('CallVendorRequest', {
    vendorName: 'glasshall',
    requestType: 'GetCounts',
    requestData: {},
  });
  const [count] = responseData['counts'] as { state: string; values: Record<string, unknown> }[];
  return count === undefined
    ? 'unknown'
    : `${count.state}${Object.values(count.values).includes(null) ? ', with gaps' : ''}`;
}
