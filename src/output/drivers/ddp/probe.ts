import type { Socket } from 'node:dgram';
import type { Reachability } from '../../output-driver.js';
import { readAnswer } from './answer.js';
import { reasonOf } from '../../network-errors.js';
import { connectUdp } from '../../udp-link.js';
import { ID_STATUS, isReply, query } from './packet.js';

/**
 * Asks a display for its status from a socket of its own. Many displays (WLED, FPP) never answer, so silence says nothing:
 * `unconfirmed`. An answer is `reachable`; a refusal or an error of the network is `unreachable`.
 */
export async function probeDdp(host: string, port: number, signal: AbortSignal): Promise<Reachability> {
  try {
    const connected = await before(signal, connectUdp({ host, port }), (late) => late.socket.close());
    if (connected === null) return { state: 'unconfirmed', reason: 'no-answer' };
    return await ask(connected.socket, signal).finally(() => connected.socket.close());
  } catch (failure) {
    return { state: 'unreachable', reason: reasonOf(failure) };
  }
}

function ask(socket: Socket, signal: AbortSignal): Promise<Reachability> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => resolve({ state: 'unconfirmed', reason: 'no-answer' });
    signal.addEventListener('abort', onAbort, { once: true });
    socket.on('error', reject);
    socket.on('message', (datagram) => {
      if (!isReply(datagram)) return;
      const answer = readAnswer(datagram);
      const detail = answer?.kind === 'status' && answer.description !== '' ? { detail: answer.description } : {};
      resolve({ state: 'reachable', reason: null, ...detail });
    });
    socket.once('close', () => signal.removeEventListener('abort', onAbort));
    socket.send(query(ID_STATUS), (failure) => {
      if (failure !== null) reject(failure);
    });
    if (signal.aborted) onAbort();
  });
}

/** The result, or null when the signal comes first; what comes after it is given to `discard`. */
async function before<T>(signal: AbortSignal, result: Promise<T>, discard: (late: T) => void): Promise<T | null> {
  if (signal.aborted) {
    result.then(discard, () => undefined);
    return null;
  }
  return new Promise((resolve, reject) => {
    let isLate = false;
    const onAbort = (): void => {
      isLate = true;
      resolve(null);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    result.then(
      (value) => {
        signal.removeEventListener('abort', onAbort);
        if (isLate) discard(value);
        else resolve(value);
      },
      (failure: unknown) => {
        signal.removeEventListener('abort', onAbort);
        reject(failure instanceof Error ? failure : new Error(String(failure)));
      },
    );
  });
}
