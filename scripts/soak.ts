/**
 * Soak: the service for hours, with takes and faults by chance, and what it holds once a minute. `npm run soak -- --hours 1`.
 * It measures and prints; the last line is one JSON object.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';
import { beforeAbort, withDeadline } from '../src/core/deadline.js';
import { messageOf } from '../src/core/errors.js';
import { seededRandom } from '../src/rehearsal/queue-system/random.js';
import { cameraFaults } from './bench/faults/camera-faults.js';
import { countFaults } from './bench/faults/count-faults.js';
import type { Fault } from './bench/faults/fault.js';
import { FaultHall } from './bench/faults/fault-hall.js';
import { lineFaults } from './bench/faults/line-faults.js';
import { processFaults } from './bench/faults/process-faults.js';
import { readMetric } from './bench/metrics-reader.js';
import { rounded } from './bench/percentile.js';
import { residentMiBByProgram, type TreeUsage, usageOfTree } from './bench/process-tree.js';

/** The hall in which faults are made has this layout; the others are for takes. */
const ALL = 'all';
const OTHER_LAYOUTS = [
  { id: 'four', name: 'four', cells: cells(2, [1, 2, 3, 4]) },
  { id: 'one', name: 'one', cells: cells(1, [5]) },
  { id: 'nine', name: 'nine', cells: cells(3, [6, 5, 4, 3, 2, 1]) },
];
const SAMPLE_EVERY_MS = 60_000;
/** What starting takes is not growth. */
const STEADY_AFTER_MS = 300_000;
/** Until what the last fault and the last take left behind is gone. */
const CALM_MS = 12_000;
const CALL_WITHIN_MS = 10_000;
const NEVER = new AbortController().signal;
/** Once a second, until an engine that is started again listens. */
const RECONNECT_TRIES = 60;

/** What the service holds at one moment, and what it did until then. */
type Sample = TreeUsage & {
  readonly minute: number;
  readonly ticks: number;
  readonly missedTicks: number;
  /** Who holds it, mebibytes: programs, and of the engine what its JavaScript holds. */
  readonly heldMiB: Readonly<Record<string, number>>;
};

const options = new Command('soak')
  .option('--hours <hours>', 'how long', positive, 1)
  .option('--seed <number>', 'the same number makes the same faults in the same order', Number, 1)
  .parse()
  .opts<{ hours: number; seed: number }>();

const random = seededRandom(options.seed);
const beganAtMs = performance.now();
let until = beganAtMs + options.hours * 3_600_000;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (until = 0));
/** `restarts`: of the engine, noticed because it let us go. */
const made = { takes: 0, faults: 0, failed: 0, restarts: 0 };
const samples: Sample[] = [];

const hall = await FaultHall.start(console.log, OTHER_LAYOUTS, false);
try {
  const faults = [processFaults, cameraFaults, lineFaults, countFaults]
    .flat()
    .filter(({ needs }) => needs?.isMet(hall) ?? true);
  console.log('minute    ticks  missed  processes  descriptors      MiB');
  await calm();
  await sample();
  while (performance.now() < until) {
    await someTakes();
    await suffer(oneOf(faults));
    if (performance.now() - beganAtMs > (samples.length - 1) * SAMPLE_EVERY_MS) {
      await calm();
      await sample();
    }
  }
  await calm();
  await sample();
  const [begin] = samples.filter(({ minute }) => minute * 60_000 >= STEADY_AFTER_MS);
  const end = samples.at(-1);
  console.log(JSON.stringify({ name: 'soak', ...options, ...made, begin: begin ?? samples[0], end }));
} finally {
  await hall.close();
}

/** Everything on air and on preview as at the beginning, and time to forget what was. */
async function calm(): Promise<void> {
  // A take puts on preview what was on air, and what is on preview is decoded: the second one puts the same there.
  await show(ALL, 'Cut');
  await show(ALL, 'Cut');
  await sleep(CALM_MS);
}

async function sample(): Promise<void> {
  const minute = (performance.now() - beganAtMs) / 60_000;
  const usage = usageOfTree(hall.wall.pid);
  const [ticks, missedTicks, heapBytes, externalBytes] = await Promise.all([
    readMetric(hall.wall.url, 'glasshall_wall_ticks_total'),
    hall.missedTicks(),
    readMetric(hall.wall.url, 'nodejs_heap_size_used_bytes'),
    readMetric(hall.wall.url, 'nodejs_external_memory_bytes'),
  ]);
  const held = {
    ...residentMiBByProgram(hall.wall.pid),
    heap: heapBytes / 1_048_576,
    external: externalBytes / 1_048_576,
  };
  const heldMiB = Object.fromEntries(Object.entries(held).map(([name, value]) => [name, rounded(value, 1)]));
  samples.push({
    minute: rounded(minute, 1),
    ticks,
    missedTicks,
    ...usage,
    residentMiB: rounded(usage.residentMiB, 1),
    heldMiB,
  });
  const columns: readonly (readonly [value: number, width: number, digits: number])[] = [
    [minute, 6, 1],
    [ticks, 9, 0],
    [missedTicks, 8, 0],
    [usage.processes, 11, 0],
    [usage.descriptors, 13, 0],
    [usage.residentMiB, 9, 0],
  ];
  const owners = Object.entries(heldMiB).map(([name, value]) => `${name} ${value}`);
  console.log(
    `${columns.map(([value, width, digits]) => value.toFixed(digits).padStart(width)).join('')}  ${owners.join(', ')}`,
  );
}

async function someTakes(): Promise<void> {
  for (let count = 1 + Math.floor(random() * 4); count > 0; count -= 1) {
    await show(oneOf([ALL, ...OTHER_LAYOUTS.map(({ id }) => id)]), random() < 0.5 ? 'Cut' : 'Fade');
    await sleep(1_000 + random() * 4_000);
  }
}

/** One fault, with takes while it lasts. */
async function suffer(fault: Fault): Promise<void> {
  await show(ALL, 'Cut');
  await sleep(2_000);
  made.faults += 1;
  try {
    await fault.prepare?.(hall);
    await fault.inflict(hall);
    await Promise.all([someTakes(), sleep(fault.lastsMs)]);
    await fault.heal?.(hall);
  } catch (failure) {
    made.failed += 1;
    console.log(`"${fault.name}" could not be made: ${messageOf(failure)}`);
  } finally {
    await fault.restore?.(hall);
  }
}

async function show(sceneName: string, transitionName: 'Cut' | 'Fade'): Promise<void> {
  try {
    // An engine that is ended in the middle of a call leaves it without an answer for ever.
    const taken = take(sceneName, transitionName).then(() => true);
    const isTaken = await withDeadline(CALL_WITHIN_MS, NEVER, (signal) => beforeAbort(signal, taken));
    if (isTaken === null) throw new Error('no answer');
    made.takes += 1;
  } catch (failure) {
    made.restarts += 1;
    console.log(`the engine is not there: ${messageOf(failure)}`);
    await connectAgain();
  }
}

async function take(sceneName: string, transitionName: 'Cut' | 'Fade'): Promise<void> {
  await hall.obs.call('SetCurrentSceneTransition', { transitionName });
  await hall.obs.call('SetCurrentPreviewScene', { sceneName });
  await hall.obs.call('TriggerStudioModeTransition');
}

async function connectAgain(): Promise<void> {
  for (let tries = RECONNECT_TRIES; ; tries -= 1) {
    try {
      await hall.obs.connect(hall.wall.obsUrl);
      return;
    } catch (failure) {
      if (tries === 0) throw failure;
      await sleep(1_000);
    }
  }
}

function oneOf<Value>(values: readonly Value[]): Value {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new RangeError('nothing to choose from');
  return value;
}

function cells(columns: number, cameras: readonly number[]): Record<string, unknown>[] {
  const rows = Math.ceil(cameras.length / columns);
  const [width, height] = [Math.floor(640 / columns), Math.floor(312 / rows)];
  const pictures = cameras.map((camera, index) => ({
    source: `camera-${camera}`,
    x: (index % columns) * width,
    y: Math.floor(index / columns) * height,
    width,
    height,
  }));
  return [...pictures, { source: 'ticker', x: 0, y: 312, width: 640, height: 48 }];
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('a number of hours, such as 0.5 or 12');
  return value;
}
