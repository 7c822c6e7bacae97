import { createSocket, type RemoteInfo, type Socket as DatagramSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { ControllerFault } from './fault.js';
import { LoopbackServer, type SimulatedController } from './simulated-controller.js';
import { SimulatedScreen } from './simulated-screen.js';

const HEARTBEAT = 0x9999;
const LATE_MS = 2_000;

/**
 * A Colorlight processor: commands of both protocols (V and Z) over TCP, which it does not answer, and the question over UDP
 * whether it is there, which it does.
 */
export class SimulatedColorlight implements SimulatedController {
  readonly screen = new SimulatedScreen(1);
  readonly #server: LoopbackServer;
  readonly #search: DatagramSocket;
  readonly #timers = new Set<NodeJS.Timeout>();
  #heartbeats = 0;
  #closing: Promise<void> | null = null;

  private constructor(server: LoopbackServer, search: DatagramSocket) {
    this.#server = server;
    this.#search = search;
  }

  static async start({
    port = 0,
    searchPort = 0,
  }: { port?: number; searchPort?: number } = {}): Promise<SimulatedColorlight> {
    const tcp = createServer();
    const server = await LoopbackServer.start(tcp, port);
    const search = createSocket('udp4');
    search.bind(searchPort, '127.0.0.1');
    await once(search, 'listening');
    const simulated = new SimulatedColorlight(server, search);
    tcp.on('connection', (socket) => simulated.#serve(socket));
    search.on('message', (datagram, from) => simulated.#answer(datagram, from));
    search.on('error', () => undefined);
    return simulated;
  }

  get port(): number {
    return this.#server.port;
  }

  /** UDP. */
  get searchPort(): number {
    return this.#search.address().port;
  }

  /** How often somebody said that the connection is still wanted. */
  get heartbeats(): number {
    return this.#heartbeats;
  }

  fault(fault: ControllerFault): void {
    this.screen.fault = fault;
    this.#server.cut();
  }

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    await new Promise<void>((resolve) => this.#search.close(() => resolve()));
    await this.#server.close();
  }

  #serve(socket: Socket): void {
    let received: Buffer = Buffer.alloc(0);
    socket.on('data', (bytes: Buffer) => {
      received = Buffer.concat([received, bytes]);
      while (received.length >= 4) {
        const length = lengthOf(received);
        if (length === null || received.length < length) return;
        this.#execute(received.subarray(0, length));
        received = received.subarray(length);
      }
    });
  }

  #execute(packet: Buffer): void {
    if (packet.readUInt16BE(0) === HEARTBEAT) {
      this.#heartbeats += 1;
      return;
    }
    const isV = isOfProtocolV(packet);
    const value = packet.subarray(isV ? 17 : 16);
    switch (`${isV ? 'v' : 'z'}${packet[0]?.toString(16)}`) {
      case 'v10':
        this.screen.command({ black: value[0] === 1 });
        break;
      case 'z11':
        this.screen.command({ black: value[0] === 0 });
        break;
      case 'v11':
      case 'z12':
        this.screen.command({ freeze: value[0] === 1 });
        break;
      case 'v50':
        this.screen.command({ brightnessPercent: value.readUInt16LE(0) / 100 });
        break;
      case 'z21':
        this.screen.command({ brightnessPercent: value.readFloatLE(0) });
        break;
    }
  }

  #answer(question: Buffer, { port, address }: RemoteInfo): void {
    if (question[0] !== 0xeb || question.length !== 9) return;
    const answer = Buffer.alloc(32);
    answer[0] = 0xea;
    answer[22] = 2;
    answer[23] = 0x5a;
    const send = (bytes: Buffer | string): void => this.#search.send(bytes, port, address, () => undefined);
    switch (this.screen.fault.kind) {
      case 'hang':
        return;
      case 'slow': {
        const timer = setTimeout(() => {
          this.#timers.delete(timer);
          send(answer);
        }, LATE_MS);
        this.#timers.add(timer);
        return;
      }
      case 'truncate':
        send(answer.subarray(0, 12));
        return;
      case 'oversize':
        send(Buffer.concat([answer, Buffer.alloc(4_096)]));
        return;
      case 'garbage':
        send('M-SEARCH * HTTP/1.1');
        return;
      default:
        send(answer);
    }
  }
}

/** V has 0x10 or a like second byte; Z a zero there. */
function isOfProtocolV(packet: Buffer): boolean {
  return packet[1] === 0x10;
}

/** How long the packet is that begins here; null while that cannot be told. */
function lengthOf(bytes: Buffer): number | null {
  if (bytes.readUInt16BE(0) === HEARTBEAT) return bytes.readUInt16LE(2);
  const at = isOfProtocolV(bytes) ? 3 : 2;
  return bytes.length < at + 4 ? null : bytes.readUInt32LE(at);
}
