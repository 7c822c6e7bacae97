import { withDeadline } from '../../../core/deadline.js';
import { knock } from '../../knock.js';
import type { Reachability } from '../../output-driver.js';
import { emptyPacket } from './packet.js';

/** A refusal comes at once or, where nobody has that address, after a few seconds. */
const LISTEN_MS = 500;

/** sACN knows no answers: all that can be known is that nothing has refused. */
export const ONE_WAY: Reachability = { state: 'unconfirmed', reason: 'one-way' };

/** Finds out whether a host refuses sACN, before anything is sent to it; `unconfirmed` when it does not. */
export async function probeSacn(host: string, port: number, signal: AbortSignal): Promise<Reachability> {
  const reason = await withDeadline(LISTEN_MS, signal, (early) => knock(host, port, emptyPacket(), early));
  return reason === null ? ONE_WAY : { state: 'unreachable', reason };
}
