import type { LiveWatcher } from '../../camera/camera-pool.js';
import { GlasshallError } from '../../core/errors.js';
import { LiveViewer } from './live-viewer.js';
import type { LiveMessage } from './subscription.js';

export type LiveViewsOptions = {
  readonly watch: (camera: string, watcher: LiveWatcher) => () => void;
  readonly send: (message: Buffer) => void;
  readonly say: (message: LiveMessage) => void;
  readonly onSkipped: () => void;
};

/** The live views of one connection: those of its latest `live` message. */
export class LiveViews {
  readonly #options: LiveViewsOptions;
  #views: { readonly viewer: LiveViewer; readonly stop: () => void }[] = [];
  #subscription = 0;
  #sequence = 0;

  constructor(options: LiveViewsOptions) {
    this.#options = options;
  }

  /** These cameras from now on, instead of the earlier ones. */
  subscribe(cameras: readonly { readonly camera: string }[]): void {
    this.close();
    this.#subscription = (this.#subscription + 1) % 0x1_0000;
    cameras.forEach(({ camera }, index) => this.#open(camera, index));
  }

  received(sequence: number): void {
    for (const { viewer } of this.#views) viewer.received(sequence);
  }

  close(): void {
    for (const { stop } of this.#views) stop();
    this.#views = [];
  }

  #open(camera: string, index: number): void {
    const { watch, send, say, onSkipped } = this.#options;
    const subscription = this.#subscription;
    let isFollowed = true;
    const viewer = new LiveViewer({
      index,
      subscription,
      nextSequence: () => (this.#sequence = (this.#sequence + 1) % 0x1_0000_0000),
      send,
      // What ends because it is not wanted any more needs no word.
      say: (message) => (isFollowed ? say(message) : undefined),
      onSkipped,
    });
    try {
      const unwatch = watch(camera, viewer);
      const stop = (): void => {
        isFollowed = false;
        unwatch();
      };
      if (!viewer.hasSpoken) say({ index, subscription, stream: null, reason: 'no-stream' });
      this.#views.push({ viewer, stop });
    } catch (thrown) {
      if (!(thrown instanceof GlasshallError)) throw thrown;
      say({ index, subscription, stream: null, reason: 'unknown-camera' });
    }
  }
}
