import { backoffMs } from '../../core/backoff.js';
import { FRAME_HEADER_BYTES, readFrameHeader, type FrameHeader } from '../../rehearsal/led-screen/frame-message.js';
import type { Picture } from './painter.js';

const BACKOFF = { firstMs: 300, maximumMs: 5_000, jitter: 0.2 };
/** A connection that says nothing at all for this long is taken to be dead: the first picture comes at once. */
const HANDSHAKE_DEADLINE_MS = 5_000;

export type ConnectionHandlers = {
  readonly onConnected: (connected: boolean) => void;
  /** The picture is a view of the message; nobody else keeps it. */
  readonly onPicture: (header: FrameHeader, picture: Picture) => void;
};

/** Keeps a connection to the screen for as long as the page lives: what breaks is opened again, after growing waits. */
export class ScreenConnection {
  readonly #address: string;
  readonly #handlers: ConnectionHandlers;
  #attempt = 0;
  #retryTimer: number | undefined;
  #socket: WebSocket | null = null;

  constructor(address: string, handlers: ConnectionHandlers) {
    this.#address = address;
    this.#handlers = handlers;
    this.#open();
    // A tablet that wakes up or finds its network again need not sit out the wait.
    window.addEventListener('online', () => {
      this.#retryNow();
    });
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.#retryNow();
    });
  }

  #open(): void {
    const socket = new WebSocket(this.#address);
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    let connected = false;
    const deadline = window.setTimeout(() => {
      socket.close();
    }, HANDSHAKE_DEADLINE_MS);
    socket.onmessage = ({ data }) => {
      if (!(data instanceof ArrayBuffer)) return;
      const message = new Uint8Array(data);
      const header = readFrameHeader(message);
      if (header === null) return;
      if (!connected) {
        connected = true;
        window.clearTimeout(deadline);
        this.#attempt = 0;
        this.#handlers.onConnected(true);
      }
      // The screen sends the next picture once this one is here: nothing old waits in between.
      socket.send(String(header.frameNumber));
      const { widthPx, heightPx } = header;
      this.#handlers.onPicture(header, { widthPx, heightPx, rgb: message.subarray(FRAME_HEADER_BYTES) });
    };
    socket.onclose = () => {
      window.clearTimeout(deadline);
      this.#socket = null;
      if (connected) this.#handlers.onConnected(false);
      this.#attempt += 1;
      this.#retryTimer = window.setTimeout(
        () => {
          this.#open();
        },
        backoffMs(this.#attempt, BACKOFF),
      );
    };
  }

  #retryNow(): void {
    if (this.#socket !== null) return;
    window.clearTimeout(this.#retryTimer);
    this.#open();
  }
}
