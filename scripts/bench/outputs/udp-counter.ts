import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { PacketCounter } from './example.js';
import type { CountAnswer, CounterOptions } from './udp-counter-process.js';

/** Receives datagrams in a process of its own, and counts them. */
export class UdpCounter implements PacketCounter {
  readonly port: number;
  readonly #process: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#process = child;
    this.port = port;
  }

  static async start(options: CounterOptions = { groups: [] }): Promise<UdpCounter> {
    const entry = fileURLToPath(new URL('./udp-counter-process.js', import.meta.url));
    const child = fork(entry, [JSON.stringify(options)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const [{ port }] = (await once(child, 'message')) as [CountAnswer];
    return new UdpCounter(child, port);
  }

  async arrived(): Promise<number> {
    const { read, dropped } = await this.#ask();
    return read + dropped;
  }

  async dropped(): Promise<number> {
    return (await this.#ask()).dropped;
  }

  async close(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, 'exit');
    this.#process.kill();
    await gone;
  }

  async #ask(): Promise<CountAnswer> {
    const answered = once(this.#process, 'message');
    this.#process.send('count');
    const [answer] = (await answered) as [CountAnswer];
    return answer;
  }
}
