import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { promisify } from 'node:util';
import type { Closable } from '../../src/core/closing.js';

const run = promisify(execFile);
/** Networks of four addresses in 10.213.0.0/16. */
const NETWORKS = 1 << 14;
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
  readonly #onExit = (): void => void execFileSync('ip', ['netns', 'delete', this.name], { stdio: 'ignore' });
  #closing: Promise<void> | null = null;

  private constructor(number: number) {
    this.name = `glasshall-${process.pid}-${number}`;
    this.here = `gh${process.pid}h${number}`;
    this.there = `gh${process.pid}t${number}`;
    const base = ((process.pid * NETWORKS_PER_PROCESS + number) % NETWORKS) * 4;
    const address = (host: number): string => `10.213.${base >> 8}.${(base & 0xff) + host}`;
    [this.ownAddress, this.peerAddress] = [address(1), address(2)];
  }

  static async open(): Promise<NetworkNamespace> {
    const made = new NetworkNamespace((opened += 1));
    await run('ip', ['netns', 'add', made.name]);
    // Also when nobody comes to closing it.
    process.once('exit', made.#onExit);
    try {
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
    await run('ip', ['address', 'add', `${ownAddress}/30`, 'dev', here]);
    await this.run('ip', 'address', 'add', `${peerAddress}/30`, 'dev', there);
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
    this.#closing ??= run('ip', ['netns', 'delete', this.name]).then(() => {
      process.off('exit', this.#onExit);
    });
    return this.#closing;
  }
}
