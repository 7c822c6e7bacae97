import type { Socket } from 'node:dgram';
import { beforeAbort } from '../core/deadline.js';
import { reasonOf } from './network-errors.js';
import { connectUdp } from './udp-link.js';
import { obstacleOf } from './way-out.js';

/**
 * Looks for an obstacle on the way, then sends one datagram from a socket of its own and listens whether the host refuses it:
 * only a connected socket is told so. @returns the reason, null when nobody has refused before the signal
 */
export async function knock(
  host: string,
  port: number,
  datagram: Uint8Array,
  signal: AbortSignal,
): Promise<string | null> {
  if (signal.aborted) return null;
  try {
    const connected = await beforeAbort(signal, connectUdp({ host, port }), (late) => late.socket.close());
    if (connected === null) return null;
    const { socket } = connected;
    const refused = async (): Promise<string> =>
      (await obstacleOf(socket, signal)) ?? (await refusalOf(socket, datagram));
    return await beforeAbort(signal, refused()).finally(() => socket.close());
  } catch (failure) {
    return reasonOf(failure);
  }
}

/** Pending for as long as nobody refuses. */
function refusalOf(socket: Socket, datagram: Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    socket.on('error', (failure) => resolve(reasonOf(failure)));
    socket.send(datagram, (failure) => {
      if (failure !== null) resolve(reasonOf(failure));
    });
  });
}
