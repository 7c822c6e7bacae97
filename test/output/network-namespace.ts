import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { promisify } from 'node:util';
import type { Closable } from '../../src/core/closing.js';

const run = promisify(execFile);
/** Networks of eight addresses in 10.213.0.0/16. */
const NETWORKS = 1 << 13;
const ADDRESSES = 8;
const PREFIX = 29;
/** Each process has room for so many before it comes to those of the next. */
const NETWORKS_PER_PROCESS = 16;

let opened = 0;

/** Whether namespaces can be made here: that takes root. */
export const canHaveNamespaces = process.platform === 'linux' && process.getuid?.() === 0;

/**
 * A network of its own, as if of another machine, and a cable to it (veth(4)): one end here, the other end there. What is at
 * work in it reaches this end and nothing else.
 */
export class NetworkNamespace implements Closable {
  readonly name: string;
  /** The ends of the cable. */
  readonly here: string;
  readonly there: string;
  /** IPv4 addresses of the ends, in a network of their own. */
  readonly ownAddress: string;
  readonly peerAddress: string;
  /** An address of the same network that nobody has. */
  readonly freeAddress: string;
  readonly #network: string;
  readonly #onExit = (): void => {
    for (const command of this.#removal) spawnSync('ip', command, { stdio: 'ignore' });
  };
  #closing: Promise<void> | null = null;

  private constructor(number: number) {
    this.name = `glasshall-${process.pid}-${number}`;
    this.here = `gh${process.pid}h${number}`;
    this.there = `gh${process.pid}t${number}`;
    const base = ((process.pid * NETWORKS_PER_PROCESS + number) % NETWORKS) * ADDRESSES;
    const address = (host: number): string => `10.213.${base >> 8}.${(base & 0xff) + host}`;
    [this.ownAddress, this.peerAddress, this.freeAddress] = [address(1), address(2), address(3)];
    this.#network = `${address(0)}/${PREFIX}`;
  }

  static async open(): Promise<NetworkNamespace> {
    const made = new NetworkNamespace((opened += 1));
    await run('ip', ['netns', 'add', made.name]);
    // Also when nobody comes to closing it.
    process.once('exit', made.#onExit);
    try {
      await run('ip', ['route', 'add', ...made.#barrier]);
      await made.plugIn();
      await made.run('ip', 'link', 'set', 'lo', 'up');
      return made;
    } catch (failure) {
      await made.close();
      throw failure;
    }
  }

  /** Lays the cable, both ends with their addresses and up. */
  async plugIn(): Promise<void> {
    const { name, here, there, ownAddress, peerAddress } = this;
    await run('ip', ['link', 'add', here, 'type', 'veth', 'peer', 'name', there, 'netns', name]);
    // With the broadcast address, which is not set by itself.
    await run('ip', ['address', 'add', `${ownAddress}/${PREFIX}`, 'broadcast', '+', 'dev', here]);
    await this.run('ip', 'address', 'add', `${peerAddress}/${PREFIX}`, 'broadcast', '+', 'dev', there);
    await this.run('ip', 'link', 'set', there, 'up');
    await run('ip', ['link', 'set', here, 'up']);
  }

  /** Takes the cable away with both its ends, as if a network card were pulled out. */
  async unplug(): Promise<void> {
    await run('ip', ['link', 'delete', this.here]);
  }

  /** Sets this end: `up`, `down`, `mtu 576` … */
  async setHere(...setting: readonly string[]): Promise<void> {
    await run('ip', ['link', 'set', this.here, ...setting]);
  }

  /** Sets the other end; where it is down, this one has no carrier, as with a cable that is not plugged in. */
  async setThere(...setting: readonly string[]): Promise<void> {
    await this.run('ip', 'link', 'set', this.there, ...setting);
  }

  /** Gives this end one more address of the network. */
  async addressHere(address: string): Promise<void> {
    await run('ip', ['address', 'add', `${address}/${PREFIX}`, 'dev', this.here]);
  }

  /** The same for the other end. */
  async addressThere(address: string): Promise<void> {
    await this.run('ip', 'address', 'add', `${address}/${PREFIX}`, 'dev', this.there);
  }

  /** Takes all addresses from the other end: nobody answers there, and the line stays up. */
  async forgetAddressesThere(): Promise<void> {
    await this.run('ip', 'address', 'flush', 'dev', this.there);
  }

  /**
   * As the README advises for a port that only controllers hang at: has this end doubt at once that whoever answered at the
   * other end is still there (arp(7)).
   */
  async askNeighboursOften(): Promise<void> {
    const settings = `net.ipv4.neigh.${this.here}`;
    const asking = ['base_reachable_time_ms=500', 'delay_first_probe_time=0', 'retrans_time_ms=300'];
    await run('sysctl', ['-qw', ...asking.map((setting) => `${settings}.${setting}`)]);
  }

  /** Runs a command inside to its end. @returns its standard output */
  async run(command: string, ...given: readonly string[]): Promise<string> {
    return (await run('ip', ['netns', 'exec', this.name, command, ...given])).stdout;
  }

  /** Starts a command inside; signals reach it itself. @param userId of the user, and of the group, that it runs as */
  spawn(command: string, given: readonly string[], userId = 0): ChildProcess {
    const user = ['setpriv', `--reuid=${userId}`, `--regid=${userId}`, '--clear-groups'];
    return spawn('ip', ['netns', 'exec', this.name, ...user, command, ...given], { stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** What is still at work inside keeps its network until it ends. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    for (const command of this.#removal) await run('ip', command);
    process.off('exit', this.#onExit);
  }

  /** While there is no cable, what is meant for the other end takes no other way, also where there is one to everywhere. */
  get #barrier(): readonly string[] {
    return ['throw', this.#network, 'metric', '9999'];
  }

  get #removal(): readonly (readonly string[])[] {
    return [
      ['netns', 'delete', this.name],
      ['route', 'delete', ...this.#barrier],
    ];
  }
}
