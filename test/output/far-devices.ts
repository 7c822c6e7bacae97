import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Closable } from '../../src/core/closing.js';
import { eventually } from '../eventually.js';
import type { NetworkNamespace } from './network-namespace.js';

/** Where a device listens; with a group, it joins that. */
export type FarDevice = { readonly port: number; readonly group?: string };

const counted = z.record(z.string(), z.int());

/** `far-devices.mjs` at work at the other end of a cable. */
export class FarDevices implements Closable {
  /** Datagrams that came so far, by the name of the device. */
  counts: Readonly<Record<string, number>> = {};
  readonly #process: ChildProcess;

  private constructor(made: ChildProcess) {
    this.#process = made;
    if (made.stdout === null) return;
    createInterface(made.stdout).on('line', (line) => (this.counts = counted.parse(JSON.parse(line))));
  }

  static async start(cable: NetworkNamespace, devices: Readonly<Record<string, FarDevice>>): Promise<FarDevices> {
    const script = fileURLToPath(new URL('far-devices.mjs', import.meta.url));
    const given = [script, cable.peerAddress, JSON.stringify(devices)];
    const made = new FarDevices(cable.spawn(process.execPath, given));
    await eventually(() => {
      if (Object.keys(made.counts).length === 0) throw new Error('the far devices have not begun');
    });
    return made;
  }

  async close(): Promise<void> {
    const made = this.#process;
    if (made.exitCode !== null || made.signalCode !== null) return;
    const ended = once(made, 'exit');
    made.kill('SIGKILL');
    await ended;
  }
}
