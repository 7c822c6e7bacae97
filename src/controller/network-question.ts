import { createSocket, type Socket } from 'node:dgram';
import { withDeadline } from '../core/deadline.js';
import { GlasshallError, messageOf } from '../core/errors.js';
import { broadcastAddressOf, isLoopback } from '../core/own-networks.js';
import type { DiscoveryScope } from '../output/output-module.js';

/** UDP loses datagrams: the question is repeated. */
const QUESTIONS = 2;
const QUESTION_INTERVAL_MS = 300;
const SHORTEST_WAIT_MS = 600;
const MOST_CONTROLLERS = 1_024;

/** A datagram that makes controllers answer to whoever sent it. */
export type NetworkQuestion<Answer> = {
  readonly datagram: Uint8Array;
  readonly port: number;
  /** What a datagram says if it is an answer, null for every other. */
  readonly parse: (datagram: Buffer) => Answer | null;
};

/**
 * Asks the network of each interface by broadcast.
 * @returns the answers by the address that they came from
 * @throws GlasshallError `no-interface` when no interface could be used
 */
export async function askNetwork<Answer>(
  question: NetworkQuestion<Answer>,
  scope: DiscoveryScope,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Answer>> {
  const found = new Map<string, Answer>();
  const waitMs = Math.max(SHORTEST_WAIT_MS, scope.timeoutMs);
  const failures = await withDeadline(waitMs, signal, (deadline) =>
    Promise.all(scope.interfaces.map((address) => askFrom(address, question, found, deadline))),
  );
  if (failures.every((failure) => failure !== null)) {
    throw new GlasshallError('no-interface', `no network could be asked: ${failures.map(messageOf).join(', ')}`);
  }
  return found;
}

/** Asks from one interface until the deadline. @returns why it could not, or null */
async function askFrom<Answer>(
  address: string,
  { datagram, port, parse }: NetworkQuestion<Answer>,
  found: Map<string, Answer>,
  deadline: AbortSignal,
): Promise<Error | null> {
  const socket = createSocket('udp4');
  let timer: NodeJS.Timeout | null = null;
  try {
    const failure = await bind(socket, address);
    if (failure !== null) return failure;
    socket.on('message', (bytes, { address: from }) => {
      const answer = found.size < MOST_CONTROLLERS ? parse(bytes) : null;
      if (answer !== null) found.set(from, answer);
    });
    socket.setBroadcast(true);
    const targets = [broadcastAddressOf(address), isLoopback(address) ? address : null];
    let asked = 0;
    const ask = (): void => {
      asked += 1;
      // What cannot be sent is not answered, and that is all there is to know.
      for (const target of targets) if (target !== null) socket.send(datagram, port, target, () => undefined);
      if (asked === QUESTIONS && timer !== null) clearInterval(timer);
    };
    ask();
    timer = setInterval(ask, QUESTION_INTERVAL_MS);
    await aborted(deadline);
    return null;
  } finally {
    if (timer !== null) clearInterval(timer);
    await new Promise<void>((resolve) => socket.close(() => resolve()));
  }
}

function bind(socket: Socket, address: string): Promise<Error | null> {
  return new Promise((resolve) => {
    socket.on('error', resolve);
    socket.bind({ address, port: 0, exclusive: true }, () => resolve(null));
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
    if (signal.aborted) resolve();
  });
}
