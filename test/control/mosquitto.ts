import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../eventually.js';

/** Debian's mosquitto on a port of loopback, for one test. */
export class Mosquitto {
  readonly port: number;
  readonly url: string;
  readonly #folder: string;
  #child: ChildProcess | null = null;

  private constructor(port: number, folder: string) {
    this.port = port;
    this.url = `mqtt://127.0.0.1:${port}`;
    this.#folder = folder;
  }

  static async start(): Promise<Mosquitto> {
    const folder = await mkdtemp(join(tmpdir(), 'glasshall-mosquitto-'));
    const broker = new Mosquitto(await freePort(), folder);
    await writeFile(join(folder, 'mosquitto.conf'), `listener ${broker.port} 127.0.0.1\nallow_anonymous true\n`);
    await broker.resume();
    return broker;
  }

  /** Starts it again after `stop`, on the same port and with nothing kept. */
  async resume(): Promise<void> {
    const child = spawn('/usr/sbin/mosquitto', ['-c', join(this.#folder, 'mosquitto.conf')], { stdio: 'ignore' });
    this.#child = child;
    await eventually(async () => {
      const socket = connect(this.port, '127.0.0.1');
      try {
        await once(socket, 'connect');
      } finally {
        socket.destroy();
      }
    });
  }

  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  }

  async close(): Promise<void> {
    await this.stop();
    await rm(this.#folder, { recursive: true });
  }
}

/** A port that nobody has at the moment. */
async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
