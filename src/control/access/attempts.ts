import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { monotonicMs } from '../../core/clock.js';
import type { Logger } from '../../core/logger.js';
import { TokenBucket } from './token-bucket.js';

/** Mistakes that cost nothing: a token that was copied badly, a script that was not told of a new one. */
const FREE_FAILURES = 5;
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 60_000;
/** An address that has been quiet for so long begins anew. */
const FORGOTTEN_AFTER_MS = 900_000;
const MAXIMUM_ADDRESSES = 4_096;
const MAXIMUM_TRUSTED = 1_024;
const REMEMBERED_TOKENS = 8;
/** Failures a second from all addresses together, and at once. */
const FAILURES_PER_SECOND = 2;
const FAILURE_BURST = 100;

type Record = { failures: number; lastMs: number; freeAtMs: number; isTold: boolean; wrongTokens: string[] };

/**
 * Who has been guessing tokens. After a few failures an address waits 1, 2, 4 … 60 seconds before its next try is looked at,
 * and all addresses that nobody has come in from share a budget. Whoever waits is not even compared: a try that is looked at is
 * a try. Bounded in memory; IPv6 counts by its /64, of which everybody has one to himself.
 *
 * Nobody is locked out by others: tokens that the command made cannot be guessed and are looked at all the same (see
 * `Access`), sessions that have begun go on, and an address that an operator came in from is free of the common budget.
 */
export class Attempts {
  readonly #records = new Map<string, Record>();
  readonly #trusted = new Set<string>();
  readonly #budget: TokenBucket;
  readonly #log: Logger;
  #budgetFreeAtMs = 0;
  #isFloodTold = false;

  constructor(log: Logger, nowMs: number = monotonicMs()) {
    this.#log = log;
    this.#budget = new TokenBucket(FAILURES_PER_SECOND, FAILURE_BURST, nowMs);
  }

  /** How long this address has to wait before a try of it is looked at, milliseconds; 0 for not at all. */
  waitMs(address: string, nowMs: number = monotonicMs()): number {
    const key = networkOf(address);
    const ownMs = (this.#records.get(key)?.freeAtMs ?? 0) - nowMs;
    const commonMs = this.#trusted.has(key) ? 0 : this.#budgetFreeAtMs - nowMs;
    if (commonMs <= 0) this.#isFloodTold = false;
    return Math.max(0, Math.ceil(Math.max(ownMs, commonMs)));
  }

  /** Whether this address has failed with this very token lately: an old script, and no guess. */
  isKnownMistake(address: string, token: string): boolean {
    return this.#records.get(networkOf(address))?.wrongTokens.includes(fingerprintOf(token)) ?? false;
  }

  /**
   * @param token what was tried, where it is known; challenges do not tell
   * @returns for how long this address has to wait now, and everybody from whom nobody has come in; milliseconds
   */
  failed(
    address: string,
    token: string | null,
    nowMs: number = monotonicMs(),
  ): { readonly ownMs: number; readonly commonMs: number } {
    const key = networkOf(address);
    const earlier = this.#records.get(key);
    const record: Record =
      earlier === undefined || nowMs - earlier.lastMs > FORGOTTEN_AFTER_MS
        ? { failures: 0, lastMs: nowMs, freeAtMs: 0, isTold: false, wrongTokens: [] }
        : earlier;
    record.failures += 1;
    record.lastMs = nowMs;
    if (token !== null) record.wrongTokens = [fingerprintOf(token), ...record.wrongTokens].slice(0, REMEMBERED_TOKENS);
    // The address that failed last stands last; the one that has been quiet for longest goes when there are too many.
    this.#records.delete(key);
    this.#records.set(key, record);
    dropOldest(this.#records, MAXIMUM_ADDRESSES);
    const beyond = record.failures - FREE_FAILURES;
    const ownMs = beyond < 0 ? 0 : Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(beyond, 16));
    if (ownMs > 0) this.#delay(key, record, ownMs, nowMs);
    return { ownMs, commonMs: this.#trusted.has(key) ? 0 : this.#spend(nowMs) };
  }

  /** Somebody came in from here with a token. What failed before is not forgotten: one who may look can still be guessing. */
  succeeded(address: string): void {
    const key = networkOf(address);
    this.#trusted.delete(key);
    this.#trusted.add(key);
    dropOldest(this.#trusted, MAXIMUM_TRUSTED);
  }

  /** Addresses that are remembered. */
  get size(): number {
    return this.#records.size;
  }

  #delay(key: string, record: Record, delayMs: number, nowMs: number): void {
    record.freeAtMs = nowMs + delayMs;
    if (record.isTold) return;
    record.isTold = true;
    this.#log.warn(
      { address: key, failures: record.failures },
      'wrong tokens come from an address: it has to wait now',
    );
  }

  #spend(nowMs: number): number {
    const debtMs = this.#budget.spend(1, nowMs);
    if (debtMs === 0) return 0;
    this.#budgetFreeAtMs = nowMs + debtMs;
    if (this.#isFloodTold) return debtMs;
    this.#isFloodTold = true;
    this.#log.warn(
      { addresses: this.#records.size },
      'wrong tokens come from many addresses: new addresses have to wait',
    );
    return debtMs;
  }
}

/** What counts as one address: IPv4 as it is, also where it comes as IPv6; of IPv6 the first 64 bits. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [withoutZone = address] = address.split('%');
  if (!isIPv6(withoutZone)) return address;
  const [head = '', tail] = withoutZone.split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const rest = tail === '' ? [] : tail.split(':');
    while (groups.length + rest.length < 8) groups.push('0');
    groups.push(...rest);
  }
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

/** Never the token itself: what is kept for later is only good to know it again. */
function fingerprintOf(token: string): string {
  return createHash('sha256').update(token).digest('base64').slice(0, 16);
}

function dropOldest(entries: Map<string, unknown> | Set<string>, maximum: number): void {
  for (const key of entries.keys()) {
    if (entries.size <= maximum) return;
    entries.delete(key);
  }
}
