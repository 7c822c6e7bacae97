import { createSocket, type Socket } from 'node:dgram';
import { withDeadline } from '../../../core/deadline.js';
import { GlasshallError, messageOf } from '../../../core/errors.js';
import { broadcastAddressOf, isLoopback } from '../../../core/own-networks.js';
import type { DiscoveryScope, FoundController } from '../../output-module.js';
import { readAnswer } from './answer.js';
import { DDP_PORT, ID_CONFIG, ID_STATUS, query } from './packet.js';

/** UDP loses datagrams: the question is repeated. */
const QUESTIONS = 2;
const QUESTION_INTERVAL_MS = 300;
/** Displays put their answer to a broadcast off by the last byte of their MAC address, milliseconds; and a repetition has its time, too. */
const SHORTEST_WAIT_MS = 600;
const MOST_CONTROLLERS = 1_024;

type Found = { description: string; name: string; pixelCount: number };

/**
 * Asks the network of each interface for DDP displays, by broadcast. Displays answer to the port that asked or, some of
 * them, to port 4048 whoever asked: this listens on both, on the latter unless somebody else has it. Displays that answer
 * are asked for their configuration. WLED and FPP never answer.
 * @throws GlasshallError `no-interface` when no interface could be used
 */
export async function discoverDdp(scope: DiscoveryScope, signal: AbortSignal): Promise<readonly FoundController[]> {
  const found = new Map<string, Found>();
  const waitMs = Math.max(SHORTEST_WAIT_MS, scope.timeoutMs);
  const failures = await withDeadline(waitMs, signal, (deadline) =>
    Promise.all(scope.interfaces.map((address) => askFrom(address, found, deadline))),
  );
  if (failures.every((failure) => failure !== null)) {
    throw new GlasshallError('no-interface', `no network could be asked: ${failures.map(messageOf).join(', ')}`);
  }
  return [...found].map(([address, controller]) => ({
    address,
    description: describe(controller),
    entry: { type: 'ddp', host: address },
  }));
}

/** Asks from one interface until the deadline. @returns why it could not, or null */
async function askFrom(address: string, found: Map<string, Found>, deadline: AbortSignal): Promise<Error | null> {
  const asking = createSocket('udp4');
  const fixed = createSocket({ type: 'udp4', reuseAddr: true });
  let timer: NodeJS.Timeout | null = null;
  try {
    const failure = await bind(asking, address, 0);
    if (failure !== null) return failure;
    const sockets = (await bind(fixed, address, DDP_PORT)) === null ? [asking, fixed] : [asking];
    for (const socket of sockets)
      socket.on('message', (datagram, { address: from }) => hear(asking, datagram, from, found));
    asking.setBroadcast(true);
    const targets = targetsOf(address);
    let asked = 0;
    const ask = (): void => {
      asked += 1;
      for (const target of targets) send(asking, ID_STATUS, target);
      if (asked === QUESTIONS && timer !== null) clearInterval(timer);
    };
    ask();
    timer = setInterval(ask, QUESTION_INTERVAL_MS);
    await aborted(deadline);
    return null;
  } finally {
    if (timer !== null) clearInterval(timer);
    await Promise.all([asking, fixed].map((socket) => new Promise<void>((resolve) => socket.close(() => resolve()))));
  }
}

/** Loopback has no network behind it: what listens there has its own address. */
function targetsOf(address: string): string[] {
  const broadcast = broadcastAddressOf(address);
  return [...(broadcast === null ? [] : [broadcast]), ...(isLoopback(address) ? [address] : [])];
}

function hear(asking: Socket, datagram: Buffer, from: string, found: Map<string, Found>): void {
  const answer = readAnswer(datagram);
  if (answer === null || (!found.has(from) && found.size === MOST_CONTROLLERS)) return;
  const known = found.get(from);
  const controller = known ?? { description: '', name: '', pixelCount: 0 };
  if (answer.kind === 'status') controller.description = answer.description;
  else Object.assign(controller, { name: answer.name, pixelCount: answer.pixelCount });
  found.set(from, controller);
  if (known === undefined) send(asking, ID_CONFIG, from);
}

/** What cannot be sent is not answered, and that is all there is to know: another question follows. */
function send(socket: Socket, id: typeof ID_CONFIG | typeof ID_STATUS, target: string): void {
  socket.send(query(id), DDP_PORT, target, () => undefined);
}

function describe({ description, name, pixelCount }: Found): string {
  const pixels = pixelCount === 0 ? '' : `${pixelCount} pixels`;
  return [description, name, pixels].filter((part) => part !== '').join(', ') || 'DDP display';
}

function bind(socket: Socket, address: string, port: number): Promise<Error | null> {
  return new Promise((resolve) => {
    socket.on('error', resolve);
    socket.bind({ address, port, exclusive: true }, () => resolve(null));
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
    if (signal.aborted) resolve();
  });
}
