import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicMs } from '../../../src/core/clock.js';
import { messageOf } from '../../../src/core/errors.js';
import { type Fault, type FaultRow, SLATE_LIMIT_MS } from './fault.js';
import type { FaultHall } from './fault-hall.js';
import type { Recording } from './tile-watch.js';

/** Until what was done last shows in the tiles. */
const SETTLE_MS = 600;
/** Every tile has moved for so long before a fault and after it. */
const STEADY_MS = 1_500;
const RECOVERY_LIMIT_MS = 60_000;
const LOOK_EVERY_MS = 25;

/** Begins with a hall in which all is well, lets something go wrong, and ends when all is well again. */
export async function runFault(hall: FaultHall, fault: Fault): Promise<FaultRow> {
  await fault.prepare?.(hall);
  try {
    if (!(await allMove(hall)))
      return { ...EMPTY, name: fault.name, note: `not well before: ${hall.tiles.still().join(' ')}` };
    return await measure(hall, fault);
  } catch (failure) {
    return { ...EMPTY, name: fault.name, note: `could not be measured: ${messageOf(failure)}` };
  } finally {
    await fault.restore?.(hall);
  }
}

const EMPTY: Omit<FaultRow, 'name' | 'note'> = {
  missedTicks: null,
  longestGapMs: null,
  slateAfterMs: null,
  recoveredAfterMs: null,
  damagedMs: null,
  othersTouched: [],
};

async function measure(hall: FaultHall, fault: Fault): Promise<FaultRow> {
  const missedBefore = await hall.missedTicks();
  hall.tiles.begin();
  const inflictedAtMs = monotonicMs();
  await fault.inflict(hall);
  const isOver = (): boolean => {
    const agoMs = monotonicMs() - inflictedAtMs;
    if (agoMs < fault.lastsMs) return false;
    return !fault.expectsSlate || hall.tiles.haveSlates(fault.hurts) || agoMs > SLATE_LIMIT_MS;
  };
  while (!isOver()) await sleep(LOOK_EVERY_MS);
  const figure = (await fault.heal?.(hall)) ?? null;
  const healedAtMs = fault.heal === undefined ? inflictedAtMs : monotonicMs();
  const isWell = await allMove(hall);
  const recording = hall.tiles.end();
  const missedTicks = fault.endsEngine === true ? null : (await hall.missedTicks()) - missedBefore;
  return {
    name: fault.name,
    missedTicks,
    longestGapMs: Math.round(recording.longestGapMs),
    ...timesOf(recording, fault, inflictedAtMs, healedAtMs),
    othersTouched: recording.tiles
      .filter(({ camera, isTouched }) => isTouched && !fault.hurts.includes(camera))
      .map(({ camera }) => camera),
    note: isWell ? figure : `not well after ${RECOVERY_LIMIT_MS / 1_000} s: ${hall.tiles.still().join(' ')}`,
  };
}

function timesOf(
  recording: Recording,
  fault: Fault,
  inflictedAtMs: number,
  healedAtMs: number,
): Pick<FaultRow, 'slateAfterMs' | 'recoveredAfterMs' | 'damagedMs'> {
  const hurt = recording.tiles.filter(({ camera }) => fault.hurts.includes(camera));
  const slates = hurt.flatMap((tile) => {
    const slateAtMs = fault.endsEngine === true ? recording.wallSlateAtMs : tile.slateAtMs;
    return slateAtMs === null ? [] : [slateAtMs];
  });
  const ends = hurt.flatMap(({ interruptions }) => interruptions.map(({ toMs }) => toMs)).filter(Number.isFinite);
  const areAllSlated = slates.length === hurt.length;
  return {
    // One that is expected counts when it is on the last tile, one that is not when it is on the first.
    slateAfterMs:
      slates.length === 0 || (fault.expectsSlate && !areAllSlated)
        ? null
        : Math.round((fault.expectsSlate ? Math.max(...slates) : Math.min(...slates)) - inflictedAtMs),
    recoveredAfterMs: ends.length === 0 ? null : Math.max(0, Math.round(Math.max(...ends) - healedAtMs)),
    damagedMs: fault.endsEngine === true ? null : Math.round(Math.max(0, ...hurt.map(({ damagedMs }) => damagedMs))),
  };
}

async function allMove(hall: FaultHall): Promise<boolean> {
  await sleep(SETTLE_MS);
  const limitMs = monotonicMs() + RECOVERY_LIMIT_MS;
  while (!hall.tiles.areMoving(STEADY_MS)) {
    if (monotonicMs() > limitMs) return false;
    await sleep(LOOK_EVERY_MS);
  }
  return true;
}
