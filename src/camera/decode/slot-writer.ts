import type { FrameSlot } from '../../core/frame-slot.js';

/**
 * The right to write into a slot, which has room for one writer at a time. A decoder takes it at the beginning of a
 * picture. The one with the higher rank may take it at any time: the picture that another was in the middle of is then
 * written over. The one with the lower rank has to wait until a picture is finished.
 */
export class SlotWriter {
  readonly slot: FrameSlot;
  #owner: object | null = null;
  #ownerRank = 0;

  constructor(slot: FrameSlot) {
    this.slot = slot;
  }

  /** Returns whether the slot is the owner's now. */
  take(owner: object, rank: number): boolean {
    if (this.#owner !== null && this.#owner !== owner && this.#ownerRank > rank) return false;
    this.#owner = owner;
    this.#ownerRank = rank;
    return true;
  }

  /** After a whole picture, or when the owner gives up in the middle of one. */
  release(owner: object): void {
    if (this.#owner === owner) this.#owner = null;
  }

  isOwnedBy(owner: object): boolean {
    return this.#owner === owner;
  }
}
