import { execFileSync, spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Size } from '../../src/core/geometry.js';
import { eventually } from '../eventually.js';

/** Whether network namespaces and cables between them may be made here: as root, and not in a container that forbids it. */
export const canLayCables = ((): boolean => {
  const name = `glasshall-${process.pid}-try`;
  const isMade = spawnSync('ip', ['netns', 'add', name], { stdio: 'ignore' }).status === 0;
  if (isMade) ip('netns', 'del', name);
  return isMade;
})();

const said = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('frame'), sha1: z.string(), gapMs: z.number(), levels: z.array(z.number()) }),
  z.object({ kind: z.literal('query'), index: z.number() }),
  z.object({ kind: z.literal('problem'), text: z.string() }),
  z.object({ kind: z.literal('line'), text: z.string() }),
]);

let made = 0;

/** A cable: a pair of interfaces, the far one in a network namespace of its own, where cards can be put. */
export class ColorlightLine {
  readonly near: string;
  readonly #far: string;
  readonly #namespace: string;
  readonly #cards: CardChain[] = [];

  constructor() {
    made += 1;
    const number = `${process.pid % 100_000}x${made}`;
    this.near = `gn${number}`;
    this.#far = `gf${number}`;
    this.#namespace = `glasshall-${number}`;
    ip('netns', 'add', this.#namespace);
  }

  /** Lays the cable. */
  plug(mtu = 1_500): void {
    ip('link', 'add', this.near, 'mtu', `${mtu}`, 'type', 'veth', 'peer', 'name', this.#far, 'netns', this.#namespace);
    ip('link', 'set', this.near, 'addrgenmode', 'none', 'up');
    this.#inNamespace('link', 'set', this.#far, 'addrgenmode', 'none');
    this.switchFar('up');
  }

  /** Takes the cable away; both its ends go with it. */
  unplug(): void {
    ip('link', 'del', this.near);
  }

  switchNear(to: 'up' | 'down'): void {
    ip('link', 'set', this.near, to);
  }

  /** With the far end down, the near one has no carrier. */
  switchFar(to: 'up' | 'down'): void {
    this.#inNamespace('link', 'set', this.#far, to);
  }

  async cards(size: Size, { firmware = 11, answers = true } = {}): Promise<CardChain> {
    const chain = new CardChain(this.#namespace, [
      this.#far,
      `${size.widthPx}`,
      `${size.heightPx}`,
      `${firmware}`,
      answers ? 'answers' : 'silent',
    ]);
    this.#cards.push(chain);
    await eventually(() => {
      if (!chain.isReady) throw new Error('the cards are not ready');
    });
    return chain;
  }

  async close(): Promise<void> {
    for (const chain of this.#cards.splice(0)) await chain.close();
    ip('netns', 'del', this.#namespace);
  }

  #inNamespace(...given: string[]): void {
    ip('-n', this.#namespace, ...given);
  }
}

/** The strict cards of `colorlight-card.py` at work. */
export class CardChain {
  isReady = false;
  readonly frames: { readonly sha1: string; readonly gapMs: number; readonly levels: readonly number[] }[] = [];
  readonly problems: string[] = [];
  queries = 0;
  readonly #process: ChildProcessByStdio<null, Readable, null>;

  constructor(namespace: string, given: readonly string[]) {
    const script = fileURLToPath(new URL('colorlight-card.py', import.meta.url));
    this.#process = spawn('ip', ['netns', 'exec', namespace, '/usr/bin/python3', script, ...given], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let rest = '';
    this.#process.stdout.on('data', (bytes: Buffer) => {
      const lines = (rest + bytes.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.#hear(said.parse(JSON.parse(line)));
    });
  }

  async close(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    this.#process.kill('SIGKILL');
    await once(this.#process, 'close');
  }

  #hear(what: z.output<typeof said>): void {
    if (what.kind === 'ready') this.isReady = true;
    if (what.kind === 'frame') this.frames.push(what);
    if (what.kind === 'query') this.queries += 1;
    if (what.kind === 'problem') this.problems.push(what.text);
  }
}

function ip(...given: readonly string[]): void {
  execFileSync('ip', given, { stdio: ['ignore', 'ignore', 'inherit'] });
}
