import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { ControllerFault } from './fault.js';
import { LoopbackServer, trickle, type SimulatedController } from './simulated-controller.js';
import { SimulatedScreen } from './simulated-screen.js';

/** Real ones have 64 bits, more than a number of JavaScript holds. */
const FIRST_CABINET = 22_279_485_852_286_988n;
const MODES = ['normal', 'black', 'freeze'] as const;
const FLOOD_BYTES = 65_536;

/** A NovaStar COEX controller: JSON over HTTP, in the shapes of MX series firmware. */
export class SimulatedCoex implements SimulatedController {
  readonly screen: SimulatedScreen;
  readonly #server: LoopbackServer;
  /** What it does not know it answers with nothing, as some firmware does; otherwise with 404. */
  answersUnknownWithNothing = true;
  /** Whether it knows the path of the display mode since firmware 1.4; older ones know another, and cannot be asked. */
  isNew = true;

  private constructor(screen: SimulatedScreen, server: LoopbackServer) {
    this.screen = screen;
    this.#server = server;
  }

  static async start({ port = 0, cabinets = 12 }: { port?: number; cabinets?: number } = {}): Promise<SimulatedCoex> {
    const http = createServer();
    const server = await LoopbackServer.start(http, port);
    const simulated = new SimulatedCoex(new SimulatedScreen(cabinets), server);
    http.on('request', (request, response) => {
      simulated.#serve(request, response).catch(() => response.destroy());
    });
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

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const path = request.url?.replace(/^\/api\/v1/, '').split('?')[0] ?? '';
    const { kind } = this.screen.fault;
    if (kind === 'refuse') {
      sendJson(response, JSON.stringify({ code: 5, data: null, message: 'device locked' }));
      return;
    }
    const data = request.method === 'PUT' ? this.#put(path, Buffer.concat(chunks).toString('utf8')) : this.#get(path);
    if (data === null) response.writeHead(this.answersUnknownWithNothing ? 200 : 404).end();
    else this.#send(response, `{"code":0,"data":${data},"message":"Success"}`);
  }

  #send(response: ServerResponse, body: string): void {
    switch (this.screen.fault.kind) {
      case 'hang':
        return;
      case 'slow':
        if (response.socket !== null) trickle(response.socket, Buffer.from(`HTTP/1.1 200 OK\r\n\r\n${body}`));
        return;
      case 'drop':
        response.destroy();
        return;
      case 'truncate':
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
        response.write(body.slice(0, 9), () => response.destroy());
        return;
      case 'oversize':
        flood(response);
        return;
      case 'garbage':
        sendJson(response, '{"code":0,"data":[[,');
        return;
      default:
        sendJson(response, body);
    }
  }

  /** @returns JSON, null for a path that it does not know */
  #get(path: string): string | null {
    const { black, freeze, brightnessPercent } = this.screen.reported();
    const connected = this.screen.cabinets.flatMap((cabinet, index) => (cabinet.isConnected ? [index] : []));
    switch (path) {
      case '/screen/output/display/state': {
        if (!this.isNew) return null;
        const displayMode = MODES.indexOf(black ? 'black' : freeze ? 'freeze' : 'normal');
        return JSON.stringify({
          mappingState: [{ canvasID: 2048, enable: false }],
          displayState: [{ canvasID: 2048, displayMode }],
        });
      }
      case '/device/cabinet': {
        const rest = JSON.stringify({ brightness: brightnessPercent / 100, colorTemperature: 6500, canvasID: 2048 });
        const cabinets = connected.map((index) => `{"id":${FIRST_CABINET + BigInt(index)},${rest.slice(1)}`);
        return `[${cabinets.join(',')}]`;
      }
      case '/device/monitor/info':
        return this.#figures();
      case '/device/input/sources':
        return JSON.stringify([
          { id: 512, name: 'HDMI 2.0', type: 3, sourceStatus: this.screen.hasSignal ? 1 : 0 },
          { id: 25_856, name: 'Internal', type: 13, sourceStatus: 1 },
        ]);
      default:
        return null;
    }
  }

  /** Keeps those that are not connected any more, with their last figures, as real ones do. */
  #figures(): string {
    const reading = (value: number): Record<string, unknown> => ({ name: '', nameEn: '', status: 0, value });
    return JSON.stringify({
      name: 'MX40 Pro_0',
      mainBoardTemperature: reading(36),
      mainBoardVoltage: reading(11.6),
      cabinets: this.screen.cabinets.map(({ temperatureCelsius, voltageVolts }) => ({
        cabinetID: 0,
        rvCards: [
          {
            temperature: reading(temperatureCelsius),
            voltage: reading(voltageVolts),
            nextCabinetLinkStatus: { linkStatus: true, status: 0 },
            signalInterruptCount: 0,
          },
        ],
      })),
    });
  }

  #put(path: string, body: string): string | null {
    const isMode = path === '/screen/output/displaymode' ? this.isNew : path === '/device/screen/displaymode';
    if (isMode) {
      const mode = MODES[(JSON.parse(body) as { value: number }).value];
      this.screen.command({ black: mode === 'black', freeze: mode === 'freeze' });
      return 'null';
    }
    if (path !== '/device/cabinet/brightness') return null;
    // By its digits: a number that went through JavaScript is another one.
    const names = /"idList":\[([\d,]*)\]/.exec(body)?.[1]?.split(',') ?? [];
    const known = new Set(this.screen.cabinets.map((_, index) => String(FIRST_CABINET + BigInt(index))));
    if (!names.every((name) => known.has(name))) return 'null';
    const { ratio } = JSON.parse(body) as { ratio: number };
    this.screen.command({ brightnessPercent: ratio * 100 });
    return 'null';
  }
}

function sendJson(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(body);
}

/** An answer that begins well and goes on for as long as somebody reads it. */
function flood(response: ServerResponse): void {
  const part = Buffer.alloc(FLOOD_BYTES, '{"code":0,"data":{"more":"');
  const pour = (): void => {
    while (!response.destroyed && response.write(part)) continue;
  };
  response.on('drain', pour);
  response.writeHead(200, { 'content-type': 'application/json' });
  pour();
}
