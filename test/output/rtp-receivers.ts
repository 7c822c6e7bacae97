import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { eventually } from '../eventually.js';

/** More than any frame here takes; the system gives what it may. */
const RECEIVE_BUFFER_BYTES = 4 << 20;

/** A receiver that somebody else wrote, at work. */
export type Receiver = {
  /** What it printed so far. */
  output(): string;
  /** Its exit code. */
  readonly ended: Promise<number | null>;
  close(): Promise<void>;
};

function run(command: string, args: readonly string[]): Receiver {
  const child: ChildProcess = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let complaints = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code !== 0 && code !== null && code !== 255)
        reject(new Error(`${command} ended with ${code}: ${complaints}`));
      else resolve(code);
    });
  });
  ended.catch(() => undefined);
  return {
    output: () => output,
    ended,
    close: async () => {
      child.kill('SIGKILL');
      await ended.catch(() => undefined);
    },
  };
}

/** ffmpeg, told everything by a session description; prints the Adler-32 of every decoded frame. */
export function startFfmpeg(sdpFile: string): Receiver {
  return run('ffmpeg', [
    ...['-hide_banner', '-loglevel', 'warning', '-protocol_whitelist', 'file,udp,rtp'],
    ...['-buffer_size', String(RECEIVE_BUFFER_BYTES), '-i', sdpFile],
    ...['-vsync', 'passthrough', '-flush_packets', '1', '-f', 'framecrc', '-'],
  ]);
}

/** The checksums in what `startFfmpeg` printed. */
export function checksumsOf(printed: string): string[] {
  const lines = printed.slice(0, printed.lastIndexOf('\n') + 1).split('\n');
  return lines.filter((line) => line.startsWith('0,')).map((line) => line.split(',').at(-1)?.trim() ?? '');
}

/** GStreamer, told everything by the format parameters of a session description; writes so many frames to a file and ends. */
export function startGstreamer(sdp: string, frames: number, file: string): Receiver {
  const port = /^m=video (\d+) /m.exec(sdp)?.[1] ?? '';
  const parameter = (name: string): string => new RegExp(`[ ;]${name}=([^;\\r\\n]+)`).exec(sdp)?.[1] ?? '';
  const caps = [
    'application/x-rtp,media=video,clock-rate=90000,encoding-name=RAW,payload=96',
    ...['sampling', 'depth', 'width', 'height', 'colorimetry'].map((name) => `${name}=(string)${parameter(name)}`),
  ].join(',');
  return run('gst-launch-1.0', [
    ...['-q', 'udpsrc', `port=${port}`, `buffer-size=${RECEIVE_BUFFER_BYTES}`, `caps=${caps}`],
    ...['!', 'rtpvrawdepay', '!', 'identity', `eos-after=${frames + 1}`],
    ...['!', 'filesink', `location=${file}`],
  ]);
}

/** Waits until somebody listens at a UDP port of this machine. */
export async function listening(port: number): Promise<void> {
  // The second column is the local address; the third, the peer's, is also ours.
  const wanted = new RegExp(`^ *\\d+: [0-9A-F]+:${port.toString(16).toUpperCase().padStart(4, '0')} `, 'm');
  await eventually(async () => {
    const tables = await Promise.all(['udp', 'udp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8')));
    if (!tables.some((table) => wanted.test(table))) throw new Error(`nobody listens at ${port}`);
  });
}
