import { randomUUID } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { GlasshallError } from '../../core/errors.js';
import { withDeadline } from '../../core/deadline.js';
import { ownAddresses } from '../../core/own-networks.js';
import { probeMessage, readProbeMatches, type ProbeMatch } from './probe-message.js';

const GROUP = '239.255.255.250';
const PORT = 3_702;
/** UDP loses datagrams, and a busy camera overlooks one: the probe is repeated. */
const PROBES = 3;
const PROBE_INTERVAL_MS = 300;
const MAXIMUM_CAMERAS = 1_024;

/** A camera that answered. */
export type DiscoveredCamera = ProbeMatch & {
  /** Where the answer came from. */
  readonly senderAddress: string;
};

export type DiscoveryOptions = {
  /** IPv4 addresses of our own interfaces to ask on; by default all of them but loopback. */
  readonly interfaces?: readonly string[];
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
};

/**
 * Asks every network this machine is on for ONVIF cameras (WS-Discovery). Each interface has a socket of its own: a
 * multicast goes out of one interface, and the routing table's choice is often the wrong one.
 * @returns one entry a device, by name and address
 * @throws GlasshallError `no-interface` when no interface could be used
 */
export async function discoverCameras({
  interfaces,
  timeoutMs,
  signal,
}: DiscoveryOptions): Promise<DiscoveredCamera[]> {
  const addresses = interfaces ?? ownAddresses();
  const found = new Map<string, DiscoveredCamera>();
  const given = signal ?? new AbortController().signal;
  const failures = await withDeadline(timeoutMs, given, (deadline) =>
    Promise.all(addresses.map((address) => probe(address, found, deadline))),
  );
  const failure = failures.find((one) => one !== null);
  if (failures.every((one) => one !== null)) {
    throw new GlasshallError('no-interface', 'no network interface could be asked', {}, { cause: failure });
  }
  return [...found.values()].toSorted(
    (a, b) => a.name.localeCompare(b.name) || a.senderAddress.localeCompare(b.senderAddress),
  );
}

/** Asks on one interface until the deadline. Returns why it could not, or null. */
function probe(address: string, found: Map<string, DiscoveredCamera>, deadline: AbortSignal): Promise<Error | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const messageId = `urn:uuid:${randomUUID()}`;
    let timer: NodeJS.Timeout | null = null;
    let settled = false;
    const finish = (failure: Error | null): void => {
      if (settled) return;
      settled = true;
      if (timer !== null) clearInterval(timer);
      deadline.removeEventListener('abort', end);
      socket.close(() => resolve(failure));
    };
    const end = (): void => finish(null);
    socket.on('error', finish);
    socket.on('message', (datagram, sender) => {
      void readProbeMatches(datagram.toString('utf8'), messageId).then((matches) => {
        for (const match of matches) {
          if (found.size < MAXIMUM_CAMERAS && !found.has(match.urn)) {
            found.set(match.urn, { ...match, senderAddress: sender.address });
          }
        }
      });
    });
    deadline.addEventListener('abort', end, { once: true });
    socket.bind({ address, port: 0 }, () => {
      if (settled) return;
      try {
        socket.setMulticastInterface(address);
      } catch (error) {
        finish(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      timer = sendProbes(socket, probeMessage(messageId), finish);
    });
    if (deadline.aborted) end();
  });
}

function sendProbes(socket: Socket, message: string, onFailure: (failure: Error) => void): NodeJS.Timeout {
  let sent = 0;
  const send = (): void => {
    if (sent === PROBES) return;
    sent += 1;
    socket.send(message, PORT, GROUP, (error) => {
      if (error !== null) onFailure(error);
    });
  };
  send();
  return setInterval(send, PROBE_INTERVAL_MS);
}
