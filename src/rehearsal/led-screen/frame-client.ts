import type { WebSocket } from 'ws';

/** Pictures on their way to a page that says what it has shown. One travels while one is shown. */
const UNACKNOWLEDGED_PICTURES = 2;

/** A message and the pages it is being sent to; its bytes are used again when the last of them has it. */
export type SharedMessage = { readonly bytes: Buffer; readonly frameNumber: number; users: number };

/** Where a client gets the newest picture, and gives it back. */
export interface MessageSource {
  /** The newest picture; counts the caller as a user. */
  take(): SharedMessage;
  release(message: SharedMessage): void;
}

/**
 * One page that looks at the screen. The newest picture wins: what could not be sent in time is never sent.
 * A page that acknowledges pictures (text message: the frame number) is never more than two ahead of what it has shown,
 * however much the sockets in between could hold; a page that does not is held to one picture in this process.
 */
export class FrameClient {
  readonly #socket: WebSocket;
  readonly #source: MessageSource;
  #flushing = false;
  #acknowledges = false;
  #sent: number[] = [];
  #missed = false;
  #alive = true;

  constructor(socket: WebSocket, source: MessageSource) {
    this.#socket = socket;
    this.#source = source;
    socket.on('message', (data, isBinary) => {
      this.#alive = true;
      const text = isBinary || !Buffer.isBuffer(data) ? '' : data.toString('latin1');
      if (/^\d{1,10}$/.test(text)) this.#acknowledge(Number(text));
      else socket.close(1008, 'a frame number is expected');
    });
    socket.on('pong', () => {
      this.#alive = true;
    });
    // A broken connection ends in 'close', where it is removed; the error says nothing more.
    socket.on('error', () => {
      socket.terminate();
    });
  }

  /** A new picture is lit. */
  offer(): void {
    if (this.#flushing || (this.#acknowledges && this.#sent.length >= UNACKNOWLEDGED_PICTURES)) {
      this.#missed = true;
      return;
    }
    this.#send();
  }

  /** Ends a page that has not been heard of since the last call; asks the others whether they are there. */
  checkAlive(): void {
    if (!this.#alive) this.#socket.terminate();
    else this.#socket.ping();
    this.#alive = false;
  }

  #send(): void {
    const message = this.#source.take();
    this.#missed = false;
    this.#flushing = true;
    if (this.#acknowledges || this.#sent.length === 0) this.#sent.push(message.frameNumber);
    this.#socket.send(message.bytes, { binary: true }, () => {
      this.#source.release(message);
      this.#flushing = false;
      this.#catchUp();
    });
  }

  #acknowledge(frameNumber: number): void {
    this.#acknowledges = true;
    this.#sent = this.#sent.filter((sent) => sent > frameNumber);
    this.#catchUp();
  }

  #catchUp(): void {
    if (this.#missed && this.#socket.readyState === this.#socket.OPEN) this.offer();
  }
}
