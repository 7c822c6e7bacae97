import { randomUUID } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { messageOf } from '../../../core/errors.js';
import type { Logger } from '../../../core/logger.js';
import type { OnvifDevice } from './onvif-device.js';
import { soapEnvelope } from './soap.js';
import { escapeXml, findElement, parseXml, textOf } from './xml.js';

const GROUP = '239.255.255.250';
const PORT = 3_702;
const LOOPBACK = '127.0.0.1';
const LARGEST_PROBE_BYTES = 16_000;

/**
 * Answers WS-Discovery probes for all simulated cameras (WS-Discovery, April 2005; ONVIF Core Specification, 7.3), on the
 * loopback interface alone: nobody else on the network shall find cameras that do not exist.
 */
export class DiscoveryResponder {
  readonly #socket: Socket;
  readonly #devices: () => readonly OnvifDevice[];
  readonly #log: Logger;
  #closing: Promise<void> | null = null;

  private constructor(socket: Socket, devices: () => readonly OnvifDevice[], log: Logger) {
    this.#socket = socket;
    this.#devices = devices;
    this.#log = log;
  }

  /**
   * Listens at the well-known port, which other programs may share. Where that is impossible, the cameras work all the same
   * and cannot be discovered: null, and a warning.
   */
  static async open(devices: () => readonly OnvifDevice[], log: Logger): Promise<DiscoveryResponder | null> {
    const socket = createSocket({ type: 'udp4', reuseAddr: true });
    try {
      await new Promise<void>((resolve, reject) => {
        socket.once('error', reject);
        socket.bind(PORT, () => {
          socket.removeListener('error', reject);
          resolve();
        });
      });
      socket.addMembership(GROUP, LOOPBACK);
      socket.setMulticastInterface(LOOPBACK);
    } catch (failure) {
      log.warn({ reason: messageOf(failure) }, 'the simulated cameras cannot be discovered');
      await new Promise<void>((resolve) => socket.close(() => resolve()));
      return null;
    }
    const responder = new DiscoveryResponder(socket, devices, log);
    // Errors of single answers, such as a client that is gone, end nothing.
    socket.on('error', (failure) => log.debug({ reason: failure.message }, 'discovery'));
    socket.on('message', (message, sender) => {
      if (sender.address.startsWith('127.')) responder.#answer(message, sender.address, sender.port);
    });
    return responder;
  }

  close(): Promise<void> {
    this.#closing ??= new Promise((resolve) => this.#socket.close(() => resolve()));
    return this.#closing;
  }

  #answer(message: Buffer, address: string, port: number): void {
    if (message.length > LARGEST_PROBE_BYTES) return;
    const probe = readProbe(message.toString('utf8'));
    if (probe === null) return;
    for (const device of this.#devices()) {
      if (!device.isReachable || !matches(probe, device)) continue;
      this.#socket.send(probeMatches(device, probe.messageId), port, address, (failure) => {
        if (failure !== null) this.#log.debug({ reason: failure.message }, 'a probe could not be answered');
      });
    }
  }
}

type Probe = { readonly messageId: string; readonly types: readonly string[]; readonly scopes: readonly string[] };

/** What a probe asks for, or null when the message is something else: the port is open to everybody on the machine. */
function readProbe(message: string): Probe | null {
  try {
    const envelope = parseXml(message);
    const probe = findElement(envelope, 'Probe');
    const messageId = textOf(envelope, 'MessageID');
    if (probe === undefined || messageId === '') return null;
    const words = (name: string): string[] =>
      textOf(probe, name)
        .split(/\s+/)
        .filter((word) => word !== '');
    return {
      messageId,
      types: words('Types').map((type) => type.slice(type.indexOf(':') + 1)),
      scopes: words('Scopes'),
    };
  } catch {
    return null;
  }
}

/** WS-Discovery, 5.1: every type and every scope asked for is the device's; scopes match by their beginnings. */
function matches(probe: Probe, device: OnvifDevice): boolean {
  return (
    probe.types.every((type) => type === 'NetworkVideoTransmitter' || type === 'Device') &&
    probe.scopes.every((wanted) => device.scopes.some((scope) => scope === wanted || scope.startsWith(`${wanted}/`)))
  );
}

function probeMatches(device: OnvifDevice, relatesTo: string): string {
  const header =
    `<wsa:MessageID>urn:uuid:${randomUUID()}</wsa:MessageID><wsa:RelatesTo>${escapeXml(relatesTo)}</wsa:RelatesTo>` +
    '<wsa:To>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</wsa:To>' +
    '<wsa:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/ProbeMatches</wsa:Action>';
  const body =
    '<d:ProbeMatches><d:ProbeMatch>' +
    `<wsa:EndpointReference><wsa:Address>${device.endpointReference}</wsa:Address></wsa:EndpointReference>` +
    `<d:Types>dn:NetworkVideoTransmitter tds:Device</d:Types><d:Scopes>${device.scopes.join(' ')}</d:Scopes>` +
    `<d:XAddrs>${device.serviceAddress}</d:XAddrs><d:MetadataVersion>1</d:MetadataVersion>` +
    '</d:ProbeMatch></d:ProbeMatches>';
  return soapEnvelope(body, header);
}
