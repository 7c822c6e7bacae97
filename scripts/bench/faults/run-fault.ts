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

/** The row of a fault that cannot be made here. */
export function leftOut({ name, needs }: Fault): FaultRow {
  return { ...EMPTY, name, isWell: null, note: `left out: needs ${needs?.name ?? ''}` };
}

const EMPTY: Omit<FaultRow, 'name' | 'note'> = {
  isWell: false,
  ticks: null,
  missedTicks: null,
  longestGapMs: null,
  slateAfterMs: null,
  recoveredAfterMs: null,
  damagedMs: null,
  othersTouched: [],
  othersOnSlate: [],
};

async function measure(hall: FaultHall, fault: Fault): Promise<FaultRow> {
  const missedBefore = await hall.missedTicks();
  const ticksBefore = hall.ticks;
  hall.tiles.begin();
  const inflictedAtMs = monotonicMs();
  await fault.inflict(hall);
  const isOver = (): boolean => {
    const agoMs = monotonicMs() - inflictedAtMs;
    if (agoMs < fault.lastsMs) return false;
    return !fault.expectsSlate || hall.tiles.haveSlates(fault.hurts) || agoMs > SLATE_LIMIT_MS;
  };
  while (!isOver()) await sleep(LOOK_EVERY_MS);
  const ticks = fault.endsEngine === true ? null : hall.ticks - ticksBefore;
  const healing = await heal(hall, fault);
  const healedAtMs = fault.heal === undefined ? inflictedAtMs : monotonicMs();
  const doAllMove = await allMove(hall);
  const recording = hall.tiles.end();
  const others = recording.tiles.filter(({ camera }) => !fault.hurts.includes(camera));
  const missedTicks = fault.endsEngine === true ? null : (await hall.missedTicks()) - missedBefore;
  return {
    name: fault.name,
    isWell: doAllMove && healing.isWell,
    ticks,
    missedTicks,
    longestGapMs: Math.round(recording.longestGapMs),
    ...timesOf(recording, fault, inflictedAtMs, healedAtMs),
    othersTouched: others.filter(({ isTouched }) => isTouched).map(({ camera }) => camera),
    othersOnSlate: others.filter(({ slateAtMs }) => slateAtMs !== null).map(({ camera }) => camera),
    note: doAllMove ? healing.note : `not well after ${RECOVERY_LIMIT_MS / 1_000} s: ${hall.tiles.still().join(' ')}`,
  };
}

async function heal(hall: FaultHall, fault: Fault): Promise<Pick<FaultRow, 'isWell' | 'note'>> {
  try {
    return { isWell: true, note: (await fault.heal?.(hall)) ?? null };
  } catch (failure) {
    return { isWell: false, note: messageOf(failure) };
  }
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
