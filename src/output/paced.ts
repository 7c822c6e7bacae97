import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicMs } from '../core/clock.js';
import { LineRate } from './line-rate.js';
import { wireBytesOfUdp } from './wire-bytes.js';

/** As fast as 64 full packets a millisecond, where nothing else is said. */
const USUAL_RATE_MBIT = 800;
const SLICE_MS = 1;
/** A goodbye at a very low rate is cut short: whoever closes does not wait for ever. */
const LONGEST_MS = 2_000;

/** A frame that is sent outside of the sender's turn. */
export type PacedFrame = {
  readonly partCount: number;
  readonly partBytes: (part: number) => number;
  readonly rateLimitMbit: number | undefined;
};

/** Sends one frame at its output's rate, the last one before it closes. What does not go out in two seconds is left out; the last part never is. */
export async function sendPaced(
  { partCount, partBytes, rateLimitMbit = USUAL_RATE_MBIT }: PacedFrame,
  send: (from: number, to: number) => void,
): Promise<void> {
  const rate = new LineRate(rateLimitMbit, SLICE_MS);
  const untilMs = monotonicMs() + LONGEST_MS;
  for (let from = 0; from < partCount;) {
    const nowMs = monotonicMs();
    if (nowMs > untilMs) from = partCount - 1;
    let to = from;
    while (to < partCount && (rate.take(partBytes(to), nowMs) || nowMs > untilMs)) to += 1;
    if (to > from) send(from, to);
    from = to;
    await sleep(SLICE_MS);
  }
}

/** `sendPaced` for a frame whose parts are UDP datagrams. */
export function sendDatagramsPaced(
  datagrams: readonly Buffer[],
  rateLimitMbit: number | undefined,
  send: (from: number, to: number) => void,
): Promise<void> {
  const partBytes = (part: number): number => wireBytesOfUdp(datagrams[part]?.length ?? 0);
  return sendPaced({ partCount: datagrams.length, partBytes, rateLimitMbit }, send);
}
