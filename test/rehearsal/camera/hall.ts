import { spawn } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { silentLogger } from '../../../src/core/logger.js';
import { CameraHall, type HallCamera } from '../../../src/rehearsal/camera/camera-hall.js';

/** Where recordings are kept; the rehearsal hall keeps its own there, too. */
export const CACHE_DIRECTORY = new URL('../../../.cache/rehearsal/', import.meta.url).pathname;

/** Characters that mean something in addresses, shells, XML or headers. */
export const AWKWARD_PASSWORD = 'p@ss w:/rd#1%&<>';

/** Cameras that show the test card; the first has the awkward password. */
export function startTestCards(count: number): Promise<CameraHall> {
  return CameraHall.start({
    cameras: Array.from({ length: count }, (_, index) => ({
      id: `card-${index + 1}`,
      name: `测试 ${index + 1}`,
      clip: 'test-card' as const,
      username: 'viewer',
      password: index === 0 ? AWKWARD_PASSWORD : `password-${index + 1}`,
      gopFrames: 25,
      sessionTimeoutMs: 5_000,
    })),
    cacheDirectory: CACHE_DIRECTORY,
    log: silentLogger,
  });
}

/** The camera at a place of the list. */
export function cameraAt(hall: CameraHall, index: number): HallCamera {
  const camera = hall.cameras[index];
  if (camera === undefined) throw new RangeError(`no camera ${index}`);
  return camera;
}

/** An RTSP address with user name and password in it. */
export function withCredentials(address: string, username: string, password: string): string {
  return address.replace('rtsp://', `rtsp://${encodeURIComponent(username)}:${encodeURIComponent(password)}@`);
}

/** What a program left behind. */
export type Outcome = { readonly code: number | null; readonly output: Buffer; readonly errors: string };

/** Options of ffmpeg with which it does not look at a stream for seconds before it begins. */
export const AT_ONCE = ['-probesize', '32', '-analyzeduration', '0'] as const;

/** Runs a program to its end. @param input what it is given on its standard input */
export function run(program: string, programArguments: readonly string[], input?: Buffer): Promise<Outcome> {
  const child = spawn(program, programArguments, { stdio: ['pipe', 'pipe', 'pipe'] });
  // It may end before it has read everything.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const output: Buffer[] = [];
  let errors = '';
  child.stdout.on('data', (part: Buffer) => output.push(part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (errors += part));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output: Buffer.concat(output), errors }));
  });
}

/** Pulls frames of a stream and gives one digest for each, in the order of their arrival. */
export async function pullDigests(address: string, frames: number, transport = 'tcp'): Promise<string[]> {
  const options = [
    '-hide_banner',
    '-nostdin',
    '-loglevel',
    'error',
    ...AT_ONCE,
    '-rtsp_transport',
    transport,
    '-i',
    address,
  ];
  const passed = ['-frames:v', String(frames), '-fps_mode', 'passthrough', '-f', 'framemd5', 'pipe:1'];
  const { code, output, errors } = await run('ffmpeg', [...options, ...passed]);
  if (code !== 0) throw new Error(errors);
  const lines = output.toString('utf8').split('\n');
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(',').at(-1)?.trim() ?? '');
}

/** Pulls frames of a stream and decodes them to RGB of a size. */
export async function pullPictures(
  address: string,
  frames: number,
  widthPx: number,
  heightPx: number,
): Promise<Uint8Array[]> {
  const options = [
    '-hide_banner',
    '-nostdin',
    '-loglevel',
    'error',
    ...AT_ONCE,
    '-rtsp_transport',
    'tcp',
    '-i',
    address,
  ];
  const filter = `scale=${widthPx}:${heightPx}:in_color_matrix=bt709:in_range=tv:out_range=pc:flags=area+accurate_rnd+full_chroma_int`;
  const { code, output, errors } = await run('ffmpeg', [
    ...options,
    ...['-vf', filter, '-pix_fmt', 'rgb24', '-frames:v', String(frames), '-fps_mode', 'passthrough'],
    ...['-f', 'rawvideo', 'pipe:1'],
  ]);
  if (code !== 0) throw new Error(errors);
  const bytes = widthPx * heightPx * 3;
  return Array.from({ length: output.length / bytes }, (_, index) =>
    output.subarray(index * bytes, (index + 1) * bytes),
  );
}

/** A bare connection to an RTSP server. */
export class RtspTalk {
  readonly socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #sequence = 0;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (part: Buffer) => (this.#received = Buffer.concat([this.#received, part])));
    socket.on('error', () => undefined);
  }

  /** @param address any RTSP address of the server */
  static async open(address: string): Promise<RtspTalk> {
    const socket = connect(Number(new URL(address).port), '127.0.0.1');
    await once(socket, 'connect');
    return new RtspTalk(socket);
  }

  /** Everything that has arrived and was not taken. */
  get received(): Buffer {
    return this.#received;
  }

  /** Asks, and gives the head of the answer. */
  async ask(method: string, uri: string, headers: readonly string[] = []): Promise<string> {
    this.#sequence += 1;
    this.socket.write([`${method} ${uri} RTSP/1.0`, `CSeq: ${this.#sequence}`, ...headers, '', ''].join('\r\n'));
    return this.answer();
  }

  /** Waits for the head of the next answer. @throws Error when the connection ends first */
  async answer(): Promise<string> {
    for (;;) {
      const end = this.#received.indexOf('\r\n\r\n', 0, 'latin1');
      if (end >= 0 && this.#received.subarray(0, 5).toString('latin1') === 'RTSP/') {
        const head = this.#received.toString('latin1', 0, end);
        const bodyBytes = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? '0');
        this.#received = this.#received.subarray(end + 4 + bodyBytes);
        return head;
      }
      if (this.socket.destroyed) throw new Error('the connection ended');
      await Promise.race([once(this.socket, 'data'), once(this.socket, 'close')]);
    }
  }
}

/** Resolves when a condition holds; the test runner's own limit ends the waiting. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}
