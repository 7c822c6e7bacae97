import type { RequestGate } from '../../rtsp/served-stream.js';

/** Something that answers may have to wait behind, for as long as the camera is stalled. */
export class Gate implements RequestGate {
  #opening: Promise<void> | null = null;
  #open: () => void = () => undefined;

  get isShut(): boolean {
    return this.#opening !== null;
  }

  shut(): void {
    this.#opening ??= new Promise((resolve) => {
      this.#open = resolve;
    });
  }

  open(): void {
    this.#opening = null;
    this.#open();
  }

  /** Resolves at once while the gate is open, otherwise when it opens. */
  passed(): Promise<void> {
    return this.#opening ?? Promise.resolve();
  }
}
