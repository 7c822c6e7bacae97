const MARK = 0x24;
const PACKET_HEAD_BYTES = 4;
const PICTURE_CHANNEL = 0;

/** Takes the pictures out of what an RTSP server sends: packets of channel 0 (RFC 2326, 10.12). Answers and reports stay. */
export class InterleavedFilter {
  #pending: Buffer = Buffer.alloc(0);
  /** Of a packet or body that goes on in the next bytes, and whether it is kept. */
  #rest = { bytes: 0, isKept: true };

  /** The next bytes without the pictures in them. */
  withoutPictures(bytes: Buffer): Buffer {
    this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    const kept: Buffer[] = [];
    for (let part = this.#take(); part !== null; part = this.#take()) kept.push(part);
    return Buffer.concat(kept);
  }

  /** The next part that is whole enough to judge; empty when it is left out, null when more bytes are needed. */
  #take(): Buffer | null {
    if (this.#pending.length === 0) return null;
    if (this.#rest.bytes > 0) return this.#cut(this.#rest.bytes, this.#rest.isKept);
    if (this.#pending[0] === MARK) {
      if (this.#pending.length < PACKET_HEAD_BYTES) return null;
      const isPicture = this.#pending[1] === PICTURE_CHANNEL;
      return this.#cut(PACKET_HEAD_BYTES + this.#pending.readUInt16BE(2), !isPicture);
    }
    const end = this.#pending.indexOf('\r\n\r\n', 0, 'latin1');
    if (end === -1) return null;
    const head = this.#pending.toString('latin1', 0, end);
    const body = Number(/^content-length:\s*(\d+)/im.exec(head)?.[1] ?? 0);
    return this.#cut(end + 4 + body, true);
  }

  #cut(length: number, isKept: boolean): Buffer {
    const part = this.#pending.subarray(0, length);
    this.#pending = this.#pending.subarray(part.length);
    this.#rest = { bytes: length - part.length, isKept };
    return isKept ? part : Buffer.alloc(0);
  }
}
