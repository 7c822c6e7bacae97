import type { Closable } from '../../core/closing.js';
import type { InitialisationSegment } from './fragment-reader.js';
import { IngestSession, type IngestSessionOptions, type SessionEnd } from './ingest-session.js';

export type ConnectionOptions = Omit<IngestSessionOptions, 'onChange'>;

/**
 * A stream held at one address. When the camera changes its resolution in the middle, a second session is opened beside the
 * first, which goes on; at the second one's first key picture it takes over. So the new stream begins with an initialisation
 * segment of its own, and nobody sees a gap.
 */
export class Connection implements Closable {
  /** Resolves when nothing of the connection is left. */
  readonly ended: Promise<SessionEnd>;
  readonly #options: ConnectionOptions;
  #current: IngestSession;
  #successor: IngestSession | null = null;
  #closed = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#current = new IngestSession({ ...options, onChange: () => this.#openSuccessor() });
    this.ended = this.#run();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([this.#current.close(), this.#successor?.close()]);
    await this.ended;
  }

  async #run(): Promise<SessionEnd> {
    for (;;) {
      const session = this.#current;
      const end = await session.ended;
      if (this.#isReplaced(session)) continue;
      await this.#successor?.close();
      return end;
    }
  }

  #isReplaced(session: IngestSession): boolean {
    return this.#current !== session;
  }

  #openSuccessor(): void {
    if (this.#closed || this.#successor !== null) return;
    let segment: InitialisationSegment | null = null;
    const successor = new IngestSession({
      ...this.#options,
      onInitialisation: (found) => (segment = found),
      onFragment: (fragment) => {
        if (segment !== null) {
          if (!fragment.isKey) return;
          this.#replaceBy(successor);
          this.#options.onInitialisation(segment);
          segment = null;
        }
        this.#options.onFragment(fragment);
      },
      onChange: () => this.#openSuccessor(),
    });
    this.#successor = successor;
    void successor.ended.then(() => {
      if (this.#successor === successor) this.#successor = null;
    });
  }

  #replaceBy(successor: IngestSession): void {
    const before = this.#current;
    this.#current = successor;
    this.#successor = null;
    void before.close();
  }
}
