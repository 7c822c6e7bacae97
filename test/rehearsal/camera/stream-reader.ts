import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** ffmpeg pulls a stream without decoding it, for as long as it is wanted, and tells of every picture. */
export class StreamReader {
  /** Of the pictures, as the stream tells it, milliseconds. */
  readonly timesMs: number[] = [];
  readonly #child: ChildProcess;

  constructor(address: string) {
    this.#child = spawn(
      'ffmpeg',
      [
        ...['-hide_banner', '-nostdin', '-loglevel', 'quiet', '-probesize', '32', '-analyzeduration', '0'],
        ...['-rtsp_transport', 'tcp', '-i', address, '-c', 'copy', '-copyts', '-f', 'framecrc', '-flush_packets', '1'],
        'pipe:1',
      ],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    let perSecond = 90_000;
    const lines = createInterface({ input: this.#child.stdout as NodeJS.ReadableStream });
    lines.on('line', (line) => {
      const base = /^#tb 0: 1\/(\d+)/.exec(line)?.[1];
      if (base !== undefined) perSecond = Number(base);
      if (line.startsWith('#')) return;
      this.timesMs.push((Number(line.split(',')[2]) / perSecond) * 1_000);
    });
  }

  /** Pictures that came so far. */
  get packets(): number {
    return this.timesMs.length;
  }

  /** From one picture to the next, in either direction. */
  get largestStepMs(): number {
    return Math.max(0, ...this.timesMs.slice(1).map((time, index) => Math.abs(time - (this.timesMs[index] ?? 0))));
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}
