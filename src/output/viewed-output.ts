import type { CanvasFrame, Goodbye, OutputDriver, Reachability } from './output-driver.js';
import { FULL_FRAME_WIRE_BYTES } from './wire-bytes.js';
import type { View } from './view/view.js';

/** A driver behind its view: it is given the wall's frames, and sends its own picture. */
export class ViewedOutput implements OutputDriver {
  readonly #view: View;
  readonly #driver: OutputDriver;

  constructor(view: View, driver: OutputDriver) {
    this.#view = view;
    this.#driver = driver;
  }

  start(): Promise<void> {
    return this.#driver.start();
  }

  setBrightness(share: number): void {
    this.#view.setBrightness(share);
  }

  prepare(frame: CanvasFrame): number {
    return this.#driver.prepare(this.#view.of(frame));
  }

  send(from: number, to: number): void {
    this.#driver.send(from, to);
  }

  partBytes(part: number): number {
    return this.#driver.partBytes?.(part) ?? FULL_FRAME_WIRE_BYTES;
  }

  isBusy(): boolean {
    return this.#driver.isBusy?.() === true;
  }

  probe(signal: AbortSignal): Promise<Reachability> {
    return this.#driver.probe(signal);
  }

  takeFailedParts(): number {
    return this.#driver.takeFailedParts();
  }

  close(goodbye: Goodbye = 'black'): Promise<void> {
    return this.#driver.close(typeof goodbye === 'string' ? goodbye : this.#view.of(goodbye));
  }
}
