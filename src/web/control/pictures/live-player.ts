import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { backoffMs } from '../../../core/backoff.js';
import { LIVE_HEADER_BYTES, readLiveHeader } from '../../../control/pictures/live-header.js';
import type { LiveHeader } from '../../../control/pictures/live-header.js';
import type { LiveMessage, PictureMessage } from '../../../control/pictures/subscription.js';
import { addressOf } from '../link/address.js';
import { createArrivals } from './arrivals.js';
import { createLiveBuffer } from './live-buffer.js';
import type { LiveBuffer } from './live-buffer.js';

/** How a live view is. `reason` says why there are no live pictures, null while they come or are waited for. */
export type LiveState = {
  readonly stream: LiveMessage['stream'];
  readonly reason: LiveMessage['reason'];
};

/** The picture that is on the page now. */
export type Shown = {
  /** When it came onto the page, `performance.now()`. */
  readonly atMs: number;
  /** How old it was then: since it came from the camera. Null where that is not known. */
  readonly ageMs: number | null;
};

export type LivePlayer = {
  readonly state: ReadonlySignal<LiveState>;
  /** Null before the first picture, and after the view was begun anew. */
  shown(): Shown | null;
  close(): void;
};

const BACKOFF = { firstMs: 500, maximumMs: 10_000, jitter: 0.3 };
/** The server is told so often what has arrived. */
const ACKNOWLEDGE_MS = 100;
const WAITING: LiveState = { stream: null, reason: null };

/**
 * Plays one camera's own stream, as close to the newest picture as it can, on a connection of its own: the server then knows
 * how much of it this page can take. Whatever fails is begun anew; nothing is asked for while the page is hidden.
 */
export function playLive(video: HTMLVideoElement, camera: string): LivePlayer {
  const state = signal<LiveState>(WAITING);
  let arrivals = createArrivals();
  let socket: WebSocket | null = null;
  let buffer: LiveBuffer | null = null;
  let segment: Uint8Array<ArrayBuffer> | null = null;
  let offsetSeconds = 0;
  let type = '';
  let shown: Shown | null = null;
  let attempt = 0;
  let retrying: number | undefined;
  let acknowledging: number | undefined;
  let received = 0;
  let closed = false;

  const send = (message: PictureMessage): void => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };

  const acknowledge = (sequence: number): void => {
    received = sequence;
    acknowledging ??= window.setTimeout(() => {
      acknowledging = undefined;
      send({ received });
    }, ACKNOWLEDGE_MS);
  };

  const dropBuffer = (): void => {
    buffer?.close();
    buffer = null;
    segment = null;
    shown = null;
    arrivals = createArrivals();
  };

  const onMessage = ({ stream, reason }: LiveMessage): void => {
    const next = stream === null ? '' : `video/mp4; codecs="${stream.codec}"`;
    const plays = next !== '' && 'MediaSource' in window && MediaSource.isTypeSupported(next);
    if (stream !== null && reason === null && !plays) {
      // This browser does not know it: nothing more is to be sent.
      send({ live: [] });
      state.value = { stream, reason: 'unsupported' };
      return;
    }
    // Of another kind of stream a buffer of its own.
    if (next !== type && buffer !== null && plays) dropBuffer();
    if (plays) type = next;
    state.value = { stream, reason };
  };

  const onPicture = ({ kind, timeMs, mediaSeconds }: LiveHeader, bytes: Uint8Array<ArrayBuffer>): void => {
    if (kind === 'initialisation') {
      segment = bytes;
      return;
    }
    if (segment !== null) {
      buffer ??= createLiveBuffer(video, type, restart);
      offsetSeconds = buffer.begin(segment, mediaSeconds);
      segment = null;
      attempt = 0;
    }
    arrivals.add(mediaSeconds + offsetSeconds, timeMs, performance.now());
    buffer?.add(bytes);
  };

  const open = (): void => {
    if (closed || document.hidden || socket !== null) return;
    const opened = new WebSocket(addressOf('/pictures'));
    opened.binaryType = 'arraybuffer';
    socket = opened;
    opened.addEventListener('open', () => send({ live: [{ camera }] }));
    opened.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (socket !== opened) return;
      if (typeof data === 'string') {
        const said = JSON.parse(data) as { readonly live?: LiveMessage };
        if (said.live !== undefined) onMessage(said.live);
      } else if (data instanceof ArrayBuffer) {
        const bytes = new Uint8Array(data);
        const header = readLiveHeader(bytes);
        if (header === null) return;
        acknowledge(header.sequence);
        onPicture(header, bytes.subarray(LIVE_HEADER_BYTES));
      }
    });
    opened.addEventListener('close', () => {
      if (socket === opened) restart();
    });
  };

  const hangUp = (): void => {
    window.clearTimeout(retrying);
    const current = socket;
    socket = null;
    current?.close();
  };

  /** What is on the page stays there, and gets old, until the new view has a picture. */
  function restart(): void {
    hangUp();
    if (closed) return;
    dropBuffer();
    state.value = WAITING;
    retrying = window.setTimeout(open, backoffMs((attempt += 1), BACKOFF));
  }

  const onVisibility = (): void => {
    hangUp();
    dropBuffer();
    state.value = WAITING;
    open();
  };

  const onFrame: VideoFrameRequestCallback = (nowMs, { mediaTime }) => {
    if (closed) return;
    shown = { atMs: nowMs, ageMs: arrivals.ageOf(mediaTime, nowMs) };
    video.requestVideoFrameCallback(onFrame);
  };

  video.muted = true;
  video.requestVideoFrameCallback(onFrame);
  document.addEventListener('visibilitychange', onVisibility);
  open();

  return {
    state,
    shown: () => shown,
    close: () => {
      closed = true;
      document.removeEventListener('visibilitychange', onVisibility);
      window.clearTimeout(acknowledging);
      hangUp();
      dropBuffer();
    },
  };
}
