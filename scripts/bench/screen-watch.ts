import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Closable } from '../../src/core/closing.js';
import { FRAME_HEADER_BYTES, readFrameHeader, type FrameHeader } from '../../src/rehearsal/led-screen/frame-message.js';

/** One picture as the LED screen latched it. */
export type WatchedFrame = FrameHeader & { readonly rgb: Uint8Array };

/** Hears every picture that the simulated LED screen latches. */
export class ScreenWatch implements Closable {
  readonly #socket: WebSocket;
  readonly #listeners = new Set<(frame: WatchedFrame) => void>();

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      const message = data as Buffer;
      const header = readFrameHeader(message);
      if (header === null) return;
      const frame = { ...header, rgb: message.subarray(FRAME_HEADER_BYTES) };
      for (const listener of this.#listeners) listener(frame);
    });
  }

  /** @param httpPort of the screen */
  static async open(httpPort: number): Promise<ScreenWatch> {
    const socket = new WebSocket(`ws://127.0.0.1:${httpPort}/frames`, { perMessageDeflate: false });
    const watch = new ScreenWatch(socket);
    await once(socket, 'open');
    return watch;
  }

  /** Calls back for every picture until the returned function is called. */
  listen(listener: (frame: WatchedFrame) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The first picture for which the condition holds. */
  until(condition: (frame: WatchedFrame) => boolean, limitMs: number): Promise<WatchedFrame> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`the screen did not show it within ${limitMs} ms`));
      }, limitMs);
      const stop = this.listen((frame) => {
        if (!condition(frame)) return;
        clearTimeout(timer);
        stop();
        resolve(frame);
      });
    });
  }

  async close(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    this.#socket.close();
    await once(this.#socket, 'close');
  }
}

/** The mean of the green channel over a rectangle, every second pixel. */
export function meanGreen(frame: WatchedFrame, x: number, y: number, widthPx: number, heightPx: number): number {
  let sum = 0;
  let count = 0;
  for (let row = y; row < y + heightPx; row += 1) {
    for (let column = x; column < x + widthPx; column += 2) {
      sum += frame.rgb[(row * frame.widthPx + column) * 3 + 1] ?? 0;
      count += 1;
    }
  }
  return sum / count;
}
