import type { Closable } from '../core/closing.js';
import type { Camera } from './camera.js';
import type { Fragment } from './ingest/fragment.js';
import type { InitialisationSegment } from './ingest/fragment-reader.js';
import type { Ingest } from './ingest/ingest.js';
import type { StreamInformation } from './ingest/stream-information.js';

/** What a live view shows: one of the camera's streams, as the camera sends it. */
export type LiveStream = Pick<StreamInformation, 'widthPx' | 'heightPx' | 'codec' | 'family' | 'ticksPerSecond'> & {
  readonly name: string;
};

/** One picture as it came: a `moof` and its `mdat`, playable after the initialisation segment and the last key picture. */
export type LiveFragment = Fragment;

/** Receives a camera's live pictures. Must not block; what it cannot take in time it drops itself. */
export type LiveWatcher = {
  /**
   * A stream begins; the one before, if any, is over.
   * @param segment its initialisation segment, bytes of `ftyp` and `moov`
   * @param kept the pictures since the last key picture; empty while there is none to begin with
   */
  begin(stream: LiveStream, segment: Buffer, kept: readonly LiveFragment[]): void;
  fragment(fragment: LiveFragment): void;
  /** Nothing comes until the next `begin`. */
  end(): void;
};

/**
 * A camera's live pictures, copied and never decoded: of the largest stream that is connected anyway. Nothing is connected
 * for it. When a larger stream comes or goes, the view changes over as soon as the other one has a key picture to begin with.
 */
export class LiveView implements Closable {
  readonly #camera: Camera;
  readonly #watcher: LiveWatcher;
  readonly #onChange = (): void => this.#follow();
  #ingest: Ingest | null = null;
  #unsubscribe: () => void = () => undefined;
  #isPlaying = false;

  constructor(camera: Camera, watcher: LiveWatcher) {
    this.#camera = camera;
    this.#watcher = watcher;
    camera.on('change', this.#onChange);
    this.#follow();
  }

  close(): Promise<void> {
    this.#camera.off('change', this.#onChange);
    this.#unsubscribe();
    this.#end();
    return Promise.resolve();
  }

  #follow(): void {
    const { ingest, name } = this.#camera.best;
    if (ingest === this.#ingest) return;
    // What plays goes on until the other can begin at once.
    if (this.#isPlaying && !ingest.hasFastStart) return;
    this.#unsubscribe();
    this.#ingest = ingest;
    this.#unsubscribe = ingest.subscribe({
      begin: ({ bytes, information }: InitialisationSegment, kept) => {
        const { widthPx, heightPx, codec, family, ticksPerSecond } = information;
        this.#isPlaying = true;
        this.#watcher.begin({ name, widthPx, heightPx, codec, family, ticksPerSecond }, bytes, kept);
      },
      fragment: (fragment) => {
        this.#watcher.fragment(fragment);
        if (this.#camera.best.ingest !== ingest) this.#follow();
      },
      end: () => this.#end(),
    });
  }

  #end(): void {
    if (!this.#isPlaying) return;
    this.#isPlaying = false;
    this.#watcher.end();
  }
}
