import type { Socket } from 'node:dgram';
import { beforeAbort } from '../core/deadline.js';
import { reasonOf } from './network-errors.js';
import type { Reachability } from './output-driver.js';

/**
 * For devices that never answer: whether there is a name and a way to them, and nothing more. Sends nothing, for there is
 * nothing that such a device would not take for a picture.
 * @param open a socket towards the device; rejects with the error of the look-up or the system
 */
export async function probeRoute(open: () => Promise<Socket>, signal: AbortSignal): Promise<Reachability> {
  try {
    const socket = await beforeAbort(signal, open(), (late) => late.close());
    socket?.close();
    return { state: 'unconfirmed', reason: 'no-answer' };
  } catch (failure) {
    return { state: 'unreachable', reason: reasonOf(failure) };
  }
}
