import type { Socket } from 'node:dgram';
import { beforeAbort } from '../core/deadline.js';
import { reasonOf } from './network-errors.js';
import type { Reachability } from './output-driver.js';
import { obstacleOf } from './way-out.js';

/**
 * For devices that never answer: whether there is a name, a way to them and nothing in it, and nothing more. Sends nothing, for there is
 * nothing that such a device would not take for a picture.
 * @param open a socket towards the device; rejects with the error of the look-up or the system
 */
export async function probeRoute(open: () => Promise<Socket>, signal: AbortSignal): Promise<Reachability> {
  try {
    const socket = await beforeAbort(signal, open(), (late) => late.close());
    const obstacle = socket === null ? null : await obstacleOf(socket, signal).finally(() => socket.close());
    return obstacle === null
      ? { state: 'unconfirmed', reason: 'no-answer' }
      : { state: 'unreachable', reason: obstacle };
  } catch (failure) {
    return { state: 'unreachable', reason: reasonOf(failure) };
  }
}
