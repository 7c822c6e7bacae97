import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, nothing } from './fault.js';
import { ALL_CAMERAS, type FaultHall, VICTIM, VICTIM_CELL } from './fault-hall.js';
import { decodersOf, ingestsOf } from './processes.js';

const LONG_GROUP_OF_PICTURES = 250;
const USUAL_LENGTH_MS = 6_000;
const STORMS = 6;
const STORM_EVERY_MS = 1_000;

/** Processes that end or stand still: cameras' and our own ffmpeg; and cameras that end connections. */
export const processFaults: readonly Fault[] = [
  {
    ...away('camera process killed', [VICTIM]),
    isQuick: true,
    inflict: ({ victim }) => signalled(victim, 'SIGKILL'),
    heal: async ({ victim }) => {
      await victim.restart();
      return nothing();
    },
  },
  {
    ...away('camera process stopped and continued', [VICTIM]),
    isQuick: true,
    inflict: ({ victim }) => signalled(victim, 'SIGSTOP'),
    heal: async ({ victim }) => {
      await signalled(victim, 'SIGCONT');
      return nothing();
    },
  },
  {
    ...away('connection refused', [VICTIM]),
    inflict: ({ victim }) => victim.fault({ kind: 'stop' }),
    heal: async ({ victim }) => {
      await victim.fault({ kind: 'start' });
      return nothing();
    },
  },
  { ...killed('decoder killed', victimDecoders), isQuick: true },
  { ...killed('ingest killed', ({ victim, wall }) => ingestsOf(wall.pid, victim.ports)), isQuick: true },
  {
    ...killed('10 s GOP, decoder killed', victimDecoders),
    prepare: ({ victim }) => victim.restart(LONG_GROUP_OF_PICTURES),
    restore: ({ victim }) => victim.restart(),
  },
  {
    ...away('all cameras dead at once, and back', ALL_CAMERAS),
    isQuick: true,
    inflict: async ({ victim, others, foreign }) => {
      await signalled(victim, 'SIGKILL');
      await signalled(others, 'SIGKILL');
      await foreign?.line.fault({ kind: 'refuse' });
    },
    heal: async ({ victim, others, foreign }) => {
      await Promise.all([victim.restart(), others.restart(), foreign?.line.fault({ kind: 'pass' })]);
      return nothing();
    },
  },
  {
    name: 'six reconnect storms',
    hurts: ALL_CAMERAS,
    expectsSlate: false,
    lastsMs: 0,
    inflict: storm,
    heal: nothing,
  },
];

function away(name: string, hurts: readonly string[]): Omit<Fault, 'inflict'> {
  return { name, hurts, expectsSlate: true, lastsMs: USUAL_LENGTH_MS };
}

function killed(name: string, find: (hall: FaultHall) => readonly number[]): Fault {
  return {
    name,
    hurts: [VICTIM],
    expectsSlate: false,
    lastsMs: 3_000,
    inflict: (hall) => {
      const pids = find(hall);
      if (pids.length === 0) throw new Error('there is no such process');
      for (const pid of pids) process.kill(pid, 'SIGKILL');
      return Promise.resolve();
    },
  };
}

function victimDecoders({ wall }: FaultHall): readonly number[] {
  return decodersOf(wall.pid, VICTIM_CELL.width, VICTIM_CELL.height);
}

function signalled(group: FaultHall['victim'], signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): Promise<void> {
  group.signal(signal);
  return Promise.resolve();
}

/** All cameras end all connections, again and again. */
async function storm({ victim, others, foreign }: FaultHall): Promise<void> {
  for (let index = 0; index < STORMS; index += 1) {
    foreign?.line.hangUp();
    await Promise.all([victim.fault({ kind: 'hang-up' }), others.fault({ kind: 'hang-up' })]);
    if (index < STORMS - 1) await sleep(STORM_EVERY_MS);
  }
}
