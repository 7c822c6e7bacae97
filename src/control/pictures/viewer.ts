import type { CameraDesk } from '../camera-desk.js';
import type { PictureView } from '../engine.js';
import type { GuardedSocket } from '../socket/guarded-socket.js';
import type { Tally } from '../tally.js';
import type { Feed, FeedFrame, FeedViewer } from './feed.js';
import { FRAME_HEADER_BYTES, writeFrameHeader } from './frame-header.js';
import { LiveViews } from './live-views.js';
import { pictureMessage, type SubscribedView } from './subscription.js';

/** More than this on its way, and the connection is too slow for another picture of any view. */
const MAXIMUM_BUFFERED_BYTES = 1_048_576;
/** Pictures of one view that may be on their way to a client: one that it paints, one that travels. */
const MAXIMUM_UNACKNOWLEDGED = 2;

export type ViewerOptions = {
  readonly tally: Tally;
  readonly isCamera: (camera: string) => boolean;
  readonly watchLive: CameraDesk['watch'];
  readonly feedOf: (view: PictureView, widthPx: number) => Feed;
  readonly onClose: () => void;
};

type Watch = { readonly feed: Feed; readonly viewer: FeedViewer; readonly unacknowledged: Set<number> };

/** One `/pictures` connection: what it watches, and what it has not painted yet. */
export class Viewer {
  readonly #socket: GuardedSocket;
  readonly #options: ViewerOptions;
  readonly #live: LiveViews;
  #watches: readonly Watch[] = [];
  #subscription = 0;
  #sequence = 0;
  #wasCongested = false;

  constructor(socket: GuardedSocket, options: ViewerOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#live = new LiveViews({
      watch: options.watchLive,
      send: (message) => socket.send(message),
      say: (live) => socket.send(JSON.stringify({ live })),
      onSkipped: () => options.tally.count('pictures', 'live-skipped'),
    });
    socket.attach({
      onMessage: (bytes, isBinary) => this.#onMessage(bytes, isBinary),
      onClose: () => {
        this.#unsubscribe();
        this.#live.close();
        options.onClose();
      },
    });
  }

  #onMessage(bytes: Buffer, isBinary: boolean): void {
    const message = isBinary ? null : parse(bytes);
    if (message === null) {
      this.#options.tally.count('pictures', 'malformed');
      // RFC 6455, section 7.4.1: 1007 is data that is not what the type of message promises.
      this.#socket.close(
        1007,
        'Send {"subscribe": [...]}, {"painted": sequence}, {"live": [...]} or {"received": sequence}.',
      );
    } else if ('painted' in message) this.#onPainted(message.painted);
    else if ('received' in message) this.#live.received(message.received);
    else if ('live' in message) this.#live.subscribe(message.live);
    else this.#subscribe(message.subscribe);
  }

  #onPainted(sequence: number): void {
    for (const { feed, unacknowledged } of this.#watches) {
      if (!unacknowledged.has(sequence)) continue;
      // A frame that is painted makes the older ones of its view pointless.
      for (const earlier of unacknowledged) if (earlier <= sequence) unacknowledged.delete(earlier);
      feed.wake();
      break;
    }
    if (!this.#wasCongested) return;
    this.#wasCongested = false;
    for (const { feed } of this.#watches) feed.wake();
  }

  /** What is buffered will be acknowledged, which is when the views that wait for it are woken. */
  #isCongested(): boolean {
    if (this.#socket.bufferedBytes <= MAXIMUM_BUFFERED_BYTES) return false;
    this.#wasCongested = true;
    return true;
  }

  #subscribe(views: readonly SubscribedView[]): void {
    this.#unsubscribe();
    this.#subscription += 1;
    const unknown = views.filter((view) => view.view === 'camera' && !this.#options.isCamera(view.camera));
    for (const view of unknown) this.#sayUnknown(view);
    this.#watches = views.flatMap((view, viewIndex) => (unknown.includes(view) ? [] : [this.#watch(view, viewIndex)]));
  }

  #watch(view: SubscribedView, viewIndex: number): Watch {
    const picture: PictureView = view.view === 'camera' ? { kind: 'camera', camera: view.camera } : { kind: view.view };
    const feed = this.#options.feedOf(picture, view.widthPx);
    const unacknowledged = new Set<number>();
    const subscription = this.#subscription;
    let shownTick: number | null = null;
    const viewer: FeedViewer = {
      intervalMs: 1_000 / view.framesPerSecond,
      isReady: () => unacknowledged.size < MAXIMUM_UNACKNOWLEDGED && !this.#isCongested(),
      deliver: (frame) => {
        // A camera that stands still has no new picture to send.
        if (frame.tick === shownTick) return;
        shownTick = frame.tick;
        unacknowledged.add(this.#sendFrame(frame, viewIndex, subscription));
      },
    };
    feed.add(viewer);
    return { feed, viewer, unacknowledged };
  }

  #sendFrame(frame: FeedFrame, viewIndex: number, subscription: number): number {
    this.#sequence = (this.#sequence + 1) % 0x1_0000_0000;
    const message = Buffer.allocUnsafe(FRAME_HEADER_BYTES + frame.jpeg.byteLength);
    const { tick, timeMs, widthPx, heightPx } = frame;
    const sequence = this.#sequence;
    writeFrameHeader(message, {
      viewIndex,
      subscription: subscription % 0x1_0000,
      sequence,
      tick,
      timeMs,
      widthPx,
      heightPx,
    });
    frame.jpeg.copy(message, FRAME_HEADER_BYTES);
    this.#socket.send(message);
    return sequence;
  }

  #sayUnknown(view: SubscribedView): void {
    const camera = view.view === 'camera' ? view.camera : '';
    const error = { code: 'unknown-camera', message: `there is no camera ${camera}`, parameters: { camera } };
    this.#socket.send(JSON.stringify({ error }));
  }

  #unsubscribe(): void {
    for (const { feed, viewer } of this.#watches) feed.remove(viewer);
    this.#watches = [];
  }
}

function parse(bytes: Buffer): ReturnType<typeof pictureMessage.parse> | null {
  try {
    return pictureMessage.safeParse(JSON.parse(bytes.toString('utf8'))).data ?? null;
  } catch {
    // What is not JSON is as malformed as JSON of another shape.
    return null;
  }
}
