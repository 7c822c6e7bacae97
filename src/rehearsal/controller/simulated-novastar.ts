import { createServer, type Socket } from 'node:net';
import type { ControllerFault } from './fault.js';
import { LoopbackServer, trickle, type SimulatedController } from './simulated-controller.js';
import { SimulatedScreen, type SimulatedCabinet } from './simulated-screen.js';

const HEAD_BYTES = 18;
const ACKNOWLEDGED = { done: 0, noAnswer: 1, badChecksum: 2, unknown: 4 } as const;

type Answer = { readonly acknowledgement: number; readonly data?: Uint8Array };

/**
 * A NovaStar sending card with one chain of receiving cards at its port 0: the register bus, in the frames of "RS232 Protocol M3"
 * over TCP. As real ones do, it serves one connection: the newest.
 */
export class SimulatedNovastar implements SimulatedController {
  readonly screen: SimulatedScreen;
  readonly #server: LoopbackServer;
  /** Whether a command to all cards is answered. */
  answersBroadcasts = true;

  private constructor(screen: SimulatedScreen, server: LoopbackServer) {
    this.screen = screen;
    this.#server = server;
  }

  static async start({ port = 0, cards = 12 }: { port?: number; cards?: number } = {}): Promise<SimulatedNovastar> {
    const screen = new SimulatedScreen(cards);
    const tcp = createServer({ noDelay: true });
    const server = await LoopbackServer.start(tcp, port);
    const simulated = new SimulatedNovastar(screen, server);
    tcp.on('connection', (socket) => simulated.#serve(socket));
    return simulated;
  }

  get port(): number {
    return this.#server.port;
  }

  fault(fault: ControllerFault): void {
    this.screen.fault = fault;
    this.#server.cut();
  }

  close(): Promise<void> {
    return this.#server.close();
  }

  #serve(socket: Socket): void {
    this.#server.cut(socket);
    let received: Buffer = Buffer.alloc(0);
    socket.on('data', (bytes: Buffer) => {
      received = Buffer.concat([received, bytes]);
      for (;;) {
        if (received.length < HEAD_BYTES) return;
        const isRead = received[10] === 0;
        const length = HEAD_BYTES + (isRead ? 0 : received.readUInt16LE(16)) + 2;
        if (received.length < length) return;
        const request = received.subarray(0, length);
        received = received.subarray(length);
        this.#answer(socket, request);
      }
    });
  }

  #answer(socket: Socket, request: Buffer): void {
    const answer = this.#execute(request);
    if (answer === null) return;
    const data = answer.data ?? new Uint8Array(0);
    const frame = Buffer.alloc(HEAD_BYTES + data.length + 2);
    request.copy(frame, 0, 0, HEAD_BYTES);
    frame.writeUInt16BE(0xaa55, 0);
    frame.writeUInt8(answer.acknowledgement, 2);
    // From and to change places.
    frame.writeUInt8(request.readUInt8(5), 4);
    frame.writeUInt8(request.readUInt8(4), 5);
    frame.writeUInt16LE(data.length, 16);
    frame.set(data, HEAD_BYTES);
    frame.writeUInt16LE(sumOf(frame), frame.length - 2);
    this.#send(socket, frame);
  }

  #send(socket: Socket, frame: Buffer): void {
    switch (this.screen.fault.kind) {
      case 'hang':
        return;
      case 'slow':
        trickle(socket, frame);
        return;
      case 'drop':
        socket.destroy();
        return;
      case 'truncate':
        socket.end(frame.subarray(0, 9));
        return;
      case 'oversize':
        frame.writeUInt16LE(0xffff, 16);
        socket.write(frame);
        return;
      case 'garbage':
        socket.write('220 welcome to the printer\r\n');
        return;
      default:
        socket.write(frame);
    }
  }

  /** @returns null where nothing is answered */
  #execute(request: Buffer): Answer | null {
    if (request.readUInt16BE(0) !== 0x55aa) return null;
    if (request.readUInt16LE(request.length - 2) !== sumOf(request)) {
      return { acknowledgement: ACKNOWLEDGED.badChecksum };
    }
    if (this.screen.fault.kind === 'refuse') return { acknowledgement: ACKNOWLEDGED.unknown };
    const register = request.readUInt32LE(12);
    const isBroadcast = request.readUInt8(7) === 0xff && request.readUInt16LE(8) === 0xffff;
    if (request.readUInt8(10) === 1) {
      const acknowledgement = this.#write(register, request.readUInt8(HEAD_BYTES));
      return isBroadcast && !this.answersBroadcasts ? null : { acknowledgement };
    }
    if (request.readUInt8(6) === 0) return this.#readOwn(register);
    const card = request.readUInt8(7) === 0 ? this.screen.cabinets[request.readUInt16LE(8)] : undefined;
    if (card?.isConnected !== true) return { acknowledgement: ACKNOWLEDGED.noAnswer };
    return this.#readCard(card, register, request.readUInt16LE(16));
  }

  #write(register: number, value: number): number {
    switch (register) {
      case 0x02000001:
        this.screen.command({ brightnessPercent: (value / 255) * 100 });
        return ACKNOWLEDGED.done;
      case 0x02000100:
        this.screen.command({ black: value === 0xff });
        return ACKNOWLEDGED.done;
      case 0x02000101:
        this.screen.command({ testPicture: value > 1 });
        return ACKNOWLEDGED.done;
      case 0x02000102:
        this.screen.command({ freeze: value === 0xff });
        return ACKNOWLEDGED.done;
      default:
        return ACKNOWLEDGED.unknown;
    }
  }

  #readOwn(register: number): Answer {
    if (register !== 0x02000017) return { acknowledgement: ACKNOWLEDGED.unknown };
    return { acknowledgement: ACKNOWLEDGED.done, data: Uint8Array.of(this.screen.hasSignal ? 1 : 0) };
  }

  #readCard(card: SimulatedCabinet, register: number, length: number): Answer {
    const { black, freeze, testPicture, brightnessPercent } = this.screen.reported();
    const values: Readonly<Record<number, Uint8Array>> = {
      0x02000001: Uint8Array.of(Math.round((brightnessPercent / 100) * 255)),
      0x02000100: Uint8Array.of(black ? 0xff : 0),
      0x02000101: Uint8Array.of(testPicture ? 5 : 0),
      0x02000102: Uint8Array.of(freeze ? 0xff : 0),
      0x0a000000: statusOf(card),
    };
    const value = values[register];
    if (value === undefined) return { acknowledgement: ACKNOWLEDGED.unknown };
    return { acknowledgement: ACKNOWLEDGED.done, data: value.subarray(0, length) };
  }
}

function statusOf({ temperatureCelsius, voltageVolts }: SimulatedCabinet): Uint8Array {
  const status = new Uint8Array(0x100);
  status[0] = 0x80 | (temperatureCelsius < 0 ? 1 : 0);
  status[1] = Math.round(Math.abs(temperatureCelsius) * 2);
  status[3] = 0x80 | Math.round(voltageVolts * 10);
  return status;
}

function sumOf(frame: Buffer): number {
  return frame.subarray(2, -2).reduce((sum, byte) => sum + byte, 0x5555) & 0xffff;
}
