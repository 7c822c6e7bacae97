import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { expect } from 'vitest';
import type { Closable } from '../../src/core/closing.js';
import { eventually } from '../eventually.js';

/** A datagram socket of the kind that systemd listens on; prints every message as a line of JSON. */
const RECEIVER = `
import json, socket, sys
path = sys.argv[1]
receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
receiver.bind('\\0' + path[1:] if path.startswith('@') else path)
print(json.dumps('bound'), flush=True)
while True:
    print(json.dumps(receiver.recv(4096).decode()), flush=True)
`;

/** Listens where a service manager would, on a real socket, which Node has none of. */
export class ServiceManagerDouble implements Closable {
  /** Every message that came. */
  readonly said: string[] = [];
  readonly #receiver: ChildProcessByStdio<null, Readable, null>;

  private constructor(path: string) {
    this.#receiver = spawn('/usr/bin/python3', ['-c', RECEIVER, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    createInterface(this.#receiver.stdout).on('line', (line) => this.said.push(String(JSON.parse(line))));
  }

  /** @param path of the socket; with @ in front, a name that is in no folder */
  static async listen(path: string): Promise<ServiceManagerDouble> {
    const double = new ServiceManagerDouble(path);
    await eventually(() => expect(double.said).toEqual(['bound']));
    double.said.length = 0;
    return double;
  }

  async close(): Promise<void> {
    if (this.#receiver.exitCode !== null || this.#receiver.signalCode !== null) return;
    const gone = once(this.#receiver, 'exit');
    this.#receiver.kill();
    await gone;
  }
}
