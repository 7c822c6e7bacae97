import type { Socket } from 'node:dgram';
import { reasonOf } from './network-errors.js';
import type { Reachability } from './output-driver.js';

const SILENCE: Reachability = { state: 'unconfirmed', reason: 'no-answer' };

/**
 * For devices that never answer: whether there is a name and a way to them, and nothing more. Sends nothing, for there is
 * nothing that such a device would not take for a picture.
 * @param open a socket towards the device; rejects with the error of the look-up or the system
 */
export async function probeRoute(open: () => Promise<Socket>, signal: AbortSignal): Promise<Reachability> {
  const asked = open().then(
    (socket): Reachability => {
      socket.close();
      return SILENCE;
    },
    (failure: unknown): Reachability => ({ state: 'unreachable', reason: reasonOf(failure) }),
  );
  let onAbort = (): void => undefined;
  const late = new Promise<Reachability>((resolve) => {
    onAbort = () => resolve(SILENCE);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
  return Promise.race([asked, late]).finally(() => signal.removeEventListener('abort', onAbort));
}
