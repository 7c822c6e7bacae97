import { reasonOf } from './network-errors.js';
import { connectUdp } from './udp-link.js';

/**
 * Sends one datagram from a socket of its own and listens whether the way there or the host itself refuses it: only a
 * connected socket is told so. @returns the reason, null when nobody has refused before the signal
 */
export async function knock(
  host: string,
  port: number,
  datagram: Uint8Array,
  signal: AbortSignal,
): Promise<string | null> {
  if (signal.aborted) return null;
  const refused = new Promise<string | null>((resolve) => {
    connectUdp({ host, port }).then(
      ({ socket }) => {
        if (signal.aborted) {
          socket.close();
          return;
        }
        signal.addEventListener('abort', () => socket.close(), { once: true });
        socket.on('error', (failure) => resolve(reasonOf(failure)));
        socket.send(datagram, (failure) => {
          if (failure !== null) resolve(reasonOf(failure));
        });
      },
      (failure: unknown) => resolve(reasonOf(failure)),
    );
  });
  const over = new Promise<null>((resolve) => {
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });
  return Promise.race([refused, over]);
}
