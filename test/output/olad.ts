import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { eventually } from '../eventually.js';
import type { NetworkNamespace } from './network-namespace.js';

/** Everything that would speak to devices that are not part of a test. */
const OTHER_PLUGINS =
  'dummy espnet ftdidmx gpio karate kinet milinst opendmx openpixelcontrol osc pathport renard sandnet shownet spi stageprofi uartdmx usbdmx usbserial';
/** An unprivileged user: OLA refuses root. */
const NOBODY = 65_534;
/** Nobody else is in its network. */
const HTTP_PORT = 9090;
/** OLA takes so many universes by E1.31, and joins a group for each. */
const SACN_INPUTS = 32;

/** Which universes OLA takes from where. */
export type OlaPatch = {
  /** E1.31 universes, at most 32. */
  readonly sacn: readonly number[];
  /** OLA's universes for the Art-Net universes of the same low four bits, at most 4, in net 1, sub-net 2. */
  readonly artnet: readonly number[];
};

/**
 * OLA, the Open Lighting Architecture: a receiver of sACN and Art-Net that others wrote. It lives in a network of its own: it
 * speaks of itself, unasked, on every interface that it finds.
 */
export class Olad {
  readonly #process: ChildProcess;
  readonly #folder: string;
  readonly #url: string;
  #log = '';

  private constructor(process: ChildProcess, folder: string, url: string) {
    this.#process = process;
    this.#folder = folder;
    this.#url = url;
    for (const stream of [process.stdout, process.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#log += text));
  }

  static async start(namespace: NetworkNamespace, { sacn, artnet }: OlaPatch): Promise<Olad> {
    // One for the group of universe discovery, and room.
    await namespace.run('sysctl', '-qw', `net.ipv4.igmp_max_memberships=${2 * SACN_INPUTS}`);
    const folder = await mkdtemp(join(tmpdir(), 'glasshall-olad-'));
    const write = async (name: string, lines: readonly string[]): Promise<void> => {
      const path = join(folder, `ola-${name}.conf`);
      await writeFile(path, `${lines.join('\n')}\n`);
      await chmod(path, 0o666);
    };
    await chmod(folder, 0o777);
    for (const plugin of OTHER_PLUGINS.split(' ')) await write(plugin, ['enabled = false']);
    await write('e131', [`ip = ${namespace.peerAddress}`, `input_ports = ${SACN_INPUTS}`, 'output_ports = 0']);
    await write('artnet', [`ip = ${namespace.peerAddress}`, 'net = 1', 'subnet = 2', 'output_ports = 0']);
    await write('port', [
      ...sacn.map((universe, port) => `11-1-I-${port} = ${universe}`),
      ...artnet.map((universe, port) => `2-1-I-${port} = ${universe}`),
    ]);
    const given = ['-l', '3', '-c', folder, '-p', String(HTTP_PORT), '--no-register-with-dns-sd'];
    const made = namespace.spawn('olad', given, NOBODY);
    const olad = new Olad(made, folder, `http://${namespace.peerAddress}:${HTTP_PORT}`);
    const last = artnet.at(-1) ?? sacn.at(-1) ?? 0;
    try {
      await eventually(async () => {
        if (made.exitCode !== null) throw new Error(`olad ended: ${olad.#log}`);
        await olad.slots(last);
      });
      return olad;
    } catch (failure) {
      await olad.close();
      throw failure;
    }
  }

  /** What it says at level `info`. */
  get log(): string {
    return this.#log;
  }

  /** What it holds of a universe. */
  async slots(universe: number): Promise<Buffer> {
    const answer = await fetch(`${this.#url}/get_dmx?u=${universe}`);
    return Buffer.from(z.object({ dmx: z.array(z.int()), error: z.literal('') }).parse(await answer.json()).dmx);
  }

  async close(): Promise<void> {
    const ended = once(this.#process, 'exit');
    if (this.#process.exitCode === null && this.#process.kill()) await ended;
    await rm(this.#folder, { recursive: true });
  }
}
