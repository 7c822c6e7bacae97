import { reasonOf } from '../output/network-errors.js';
import type { Outcome } from './controller-driver.js';

/** Why a controller is not understood though somebody is there; everything else is that nobody is. */
const UNREADABLE_REASONS = [
  /** It is there, and no whole answer came in time. */
  'slow',
  /** The connection ended in the middle of an answer. */
  'truncated',
  /** The answer is longer than any can be. */
  'oversize',
  /** What came is no answer. */
  'garbage',
  /** It refuses the command, or reports a fault of its own. */
  'device-error',
  /** Another program holds it. */
  'locked',
] as const;

type UnreadableReason = (typeof UNREADABLE_REASONS)[number];
const unreadable: ReadonlySet<string> = new Set(UNREADABLE_REASONS);

/** How a talk with a controller went wrong. Does not leave the drivers: `outcomeOf` makes a reason of it. */
export class ControllerFailure extends Error {
  /** `no-answer`: there is no connection in time; `broken`: it was closed. */
  readonly reason: UnreadableReason | 'no-answer' | 'broken';

  constructor(reason: ControllerFailure['reason'], options?: ErrorOptions) {
    super(reason, options);
    this.name = 'ControllerFailure';
    this.reason = reason;
  }
}

/** Whether somebody is there who is not understood. */
export function isUnreadable(reason: string): boolean {
  return unreadable.has(reason);
}

/**
 * The outcome of some work: its value, or the stable code of what went wrong with the device or the network.
 * Rejects with everything else: a mistake of the program is no state of a device.
 */
export async function outcomeOf<Value>(work: Promise<Value>): Promise<Outcome<Value>> {
  try {
    return { kind: 'done', value: await work };
  } catch (failure) {
    if (failure instanceof ControllerFailure) return { kind: 'failed', reason: failure.reason };
    const reason = networkReason(failure);
    if (reason !== null) return { kind: 'failed', reason };
    throw failure;
  }
}

/** The code of what the system or the network said; null for what neither of them says. */
function networkReason(failure: unknown): string | null {
  const code = failure instanceof Error && 'code' in failure ? String(failure.code) : 'ERR_';
  if (code.startsWith('ERR_')) return null;
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'broken';
  return code === 'ETIMEDOUT' ? 'no-answer' : reasonOf(failure);
}
