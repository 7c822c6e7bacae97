import type { SlotWriter } from './slot-writer.js';

/**
 * Puts raw pictures together straight in the slot's memory, from the pieces in which a pipe delivers them. Pictures that
 * are not to be shown (a decoder catching up) are counted and dropped.
 */
export class PictureAssembler {
  readonly #writer: SlotWriter;
  readonly #pictureBytes: number;
  readonly #rank: number;
  readonly #mayShow: () => boolean;
  readonly #onPicture: (wasShown: boolean) => void;
  #target: Uint8Array | null = null;
  #filled = 0;

  /**
   * @param rank among the slot's writers, higher goes first
   * @param mayShow asked at the beginning of each picture
   * @param onPicture after each whole picture
   */
  constructor(writer: SlotWriter, rank: number, mayShow: () => boolean, onPicture: (wasShown: boolean) => void) {
    this.#writer = writer;
    this.#pictureBytes = writer.slot.handle.widthPx * writer.slot.handle.heightPx * 3;
    this.#rank = rank;
    this.#mayShow = mayShow;
    this.#onPicture = onPicture;
  }

  push(chunk: Buffer): void {
    let offset = 0;
    while (offset < chunk.length) {
      if (this.#filled === 0) this.#target = this.#begin();
      const taken = Math.min(chunk.length - offset, this.#pictureBytes - this.#filled);
      if (this.#target !== null && !this.#writer.isOwnedBy(this)) this.#target = null;
      this.#target?.set(
        offset === 0 && taken === chunk.length ? chunk : chunk.subarray(offset, offset + taken),
        this.#filled,
      );
      this.#filled += taken;
      offset += taken;
      if (this.#filled === this.#pictureBytes) this.#finish();
    }
  }

  /** Leaves the slot to others; a picture that is not whole is not shown. */
  abandon(): void {
    this.#target = null;
    this.#writer.release(this);
  }

  #begin(): Uint8Array | null {
    if (!this.#mayShow() || !this.#writer.take(this, this.#rank)) return null;
    return this.#writer.slot.beginWrite();
  }

  #finish(): void {
    const wasShown = this.#target !== null;
    if (wasShown) this.#writer.slot.publish();
    this.#target = null;
    this.#filled = 0;
    this.#writer.release(this);
    this.#onPicture(wasShown);
  }
}
