import { CopyPlan } from './view/copy-plan.js';

/** How the bytes of a picture are laid into packets. */
export type PacketShape = {
  /** Bytes of the whole picture. */
  readonly pictureBytes: number;
  /** Bytes before the payload of every packet. */
  readonly headerBytes: number;
  /** Payload of every packet but the last. */
  readonly payloadBytes: number;
};

/** The packets of one picture, standing one behind the other in one buffer that is kept. Headers are the driver's. */
export class PacketBuffer {
  /** Each packet with its header; the last may be shorter. */
  readonly packets: readonly Buffer[];
  /** All of them together. */
  readonly bytes: Buffer;
  readonly #plan = new CopyPlan();

  constructor({ pictureBytes, headerBytes, payloadBytes }: PacketShape) {
    const count = Math.ceil(pictureBytes / payloadBytes);
    this.bytes = Buffer.alloc(count * headerBytes + pictureBytes);
    this.packets = Array.from({ length: count }, (_, index) => {
      const from = index * payloadBytes;
      const length = Math.min(payloadBytes, pictureBytes - from);
      const at = index * (headerBytes + payloadBytes);
      this.#plan.add(from, at + headerBytes, length);
      return this.bytes.subarray(at, at + headerBytes + length);
    });
  }

  /** Lays a picture into the packets. */
  fill(picture: Uint8Array): void {
    this.#plan.copy(picture, this.bytes);
  }
}
