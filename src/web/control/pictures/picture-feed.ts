/**
 * The pictures folder brings pictures from the `/pictures` socket onto canvases, outside the framework.
 * One socket serves all views; it is open only while the page is linked, visible and somebody looks.
 */
import { backoffMs } from '../../../core/backoff.js';
import { FRAME_HEADER_BYTES, readFrameHeader } from '../../../control/pictures/frame-header.js';
import type { FrameHeader } from '../../../control/pictures/frame-header.js';
import type { PictureMessage } from '../../../control/pictures/subscription.js';
import { addressOf } from '../link/address.js';
import { createViewPainter } from './view-painter.js';
import type { Picture, ViewPainter } from './view-painter.js';

/** One picture to be sent: of what, how wide, how often at most. */
export type PictureRequest = Extract<PictureMessage, { subscribe: unknown }>['subscribe'][number];

export type PictureFeed = {
  /** Asks for pictures until the returned function is called. The bitmap of a picture is closed after `onPicture` returns. */
  watch(request: PictureRequest, onPicture: (picture: Picture) => void): () => void;
  /** Pictures flow only while on. */
  setOn(on: boolean): void;
  close(): void;
};

/** One picture that is asked for, decoded once for everybody who wants the same. */
type Watch = {
  readonly request: PictureRequest;
  readonly painter: ViewPainter;
  readonly viewers: Set<(picture: Picture) => void>;
};

/** Views come and go together, when a panel is built or scrolled: their list is sent once. */
const GATHER_MS = 60;
const FEED_BACKOFF = { firstMs: 500, maximumMs: 10_000, jitter: 0.3 };

function createWatch(request: PictureRequest): Watch {
  const viewers = new Set<(picture: Picture) => void>();
  const painter = createViewPainter((picture) => {
    for (const show of viewers) show(picture);
  });
  return { request, painter, viewers };
}

export function createPictureFeed(): PictureFeed {
  const watches = new Map<string, Watch>();
  let socket: WebSocket | null = null;
  let subscribed: readonly Watch[] = [];
  let subscription = 0;
  let gathering: number | undefined;
  let retrying: number | undefined;
  let attempt = 0;
  let on = false;
  let closed = false;

  const isWanted = (): boolean => on && !closed && !document.hidden && watches.size > 0;

  const send = (message: PictureMessage): void => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };

  const subscribe = (): void => {
    if (socket?.readyState !== WebSocket.OPEN) return;
    subscribed = [...watches.values()];
    subscription = (subscription + 1) % 65_536;
    send({ subscribe: subscribed.map(({ request }) => request) });
  };

  const onFrame = (header: FrameHeader, jpeg: Uint8Array<ArrayBuffer>): void => {
    attempt = 0;
    const painted = (): void => send({ painted: header.sequence });
    // A list replaced while its pictures were under way: their index means another view by now.
    const watch = header.subscription === subscription ? subscribed[header.viewIndex] : undefined;
    if (watch === undefined || watch.viewers.size === 0) painted();
    else watch.painter.paint(jpeg, header.timeMs, painted);
  };

  const open = (): void => {
    const opened = new WebSocket(addressOf('/pictures'));
    opened.binaryType = 'arraybuffer';
    socket = opened;
    subscription = 0;
    opened.addEventListener('open', subscribe);
    opened.addEventListener('message', (message: MessageEvent<unknown>) => {
      if (!(message.data instanceof ArrayBuffer)) return;
      const bytes = new Uint8Array(message.data);
      const header = readFrameHeader(bytes);
      if (header !== null) onFrame(header, bytes.subarray(FRAME_HEADER_BYTES));
    });
    opened.addEventListener('close', () => {
      if (socket !== opened) return;
      socket = null;
      retrying = window.setTimeout(update, backoffMs((attempt += 1), FEED_BACKOFF));
    });
  };

  const update = (): void => {
    window.clearTimeout(retrying);
    if (!isWanted()) {
      const open = socket;
      socket = null;
      open?.close();
    } else if (socket === null) open();
    else subscribe();
  };

  const gather = (): void => {
    window.clearTimeout(gathering);
    gathering = window.setTimeout(update, GATHER_MS);
  };
  document.addEventListener('visibilitychange', gather);

  return {
    watch: (request, onPicture) => {
      const key = JSON.stringify(request);
      const watch = watches.get(key) ?? createWatch(request);
      watch.viewers.add(onPicture);
      if (watches.get(key) !== watch) {
        watches.set(key, watch);
        gather();
      }
      return () => {
        watch.viewers.delete(onPicture);
        if (watch.viewers.size > 0 || watches.get(key) !== watch) return;
        watches.delete(key);
        gather();
      };
    },
    setOn: (next) => {
      if (next === on) return;
      on = next;
      attempt = 0;
      update();
    },
    close: () => {
      closed = true;
      document.removeEventListener('visibilitychange', gather);
      window.clearTimeout(gathering);
      update();
    },
  };
}
