import type { Closable } from '../../../core/closing.js';
import { DISCOVERY_EVERY_MS, DISCOVERY_UNIVERSE, discoveryPackets } from './discovery.js';
import type { Source } from './packet.js';
import type { SacnLink } from './multicast-link.js';

/** What is announced, and on which way. */
export type AnnouncerOptions = {
  readonly source: Source;
  readonly firstUniverse: number;
  readonly universeCount: number;
  /** Opened and closed by somebody else. */
  readonly link: SacnLink;
};

/** Tells everybody every ten seconds which universes an output sends, from the first frame on: a duty of every source (E1.31-2018, 4.3). */
export class Announcer implements Closable {
  readonly #options: AnnouncerOptions;
  readonly #packets: readonly Buffer[];
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(options: AnnouncerOptions) {
    this.#options = options;
    this.#packets = discoveryPackets(options.source, options.firstUniverse, options.universeCount);
  }

  /** Begins, unless it has begun. */
  start(): void {
    if (this.#timer !== null || this.#closed) return;
    this.#announce();
    this.#timer = setInterval(() => this.#announce(), DISCOVERY_EVERY_MS);
  }

  close(): Promise<void> {
    this.#closed = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    return Promise.resolve();
  }

  #announce(): void {
    for (const packet of this.#packets) this.#options.link.send(packet, DISCOVERY_UNIVERSE);
  }
}
