import { GlasshallError } from '../core/errors.js';

/** What is urgent is over within a day, or somebody says it again. */
const LONGEST_MS = 24 * 3_600_000;

/** @throws GlasshallError `bad-time` when an end (epoch milliseconds) is over already, or more than a day away */
export function requireSoon(untilMs: number, nowMs: number): void {
  if (untilMs > nowMs && untilMs <= nowMs + LONGEST_MS) return;
  throw new GlasshallError('bad-time', 'an urgent message ends within a day from now', { untilMs, nowMs });
}
