import type { Configuration } from './config/schema.js';
import { paintWallSlates, slateScene } from './engine/wall-slates.js';
import type { Handover } from './guardian/messages.js';
import { rgbOf } from './wall/pixels.js';
import type { Scene } from './wall/scene.js';
import type { Wall } from './wall/wall.js';

const NOTHING: Scene = { sceneNumber: 0, items: [] };

/**
 * What is shown in the wall's place when it has ended, one way or the other. Painted while all is well, and told to the
 * wall and the guardian. A wall that operators made black stays black, whoever shows it.
 */
export class StandIn {
  readonly #wall: Wall;
  readonly #onHandover: (handover: Handover) => void;
  #handover: Handover | null = null;
  #closed: Parameters<Wall['showAtEnd']>[0] = null;
  #isBlackout: boolean;

  constructor(wall: Wall, isBlackout: boolean, onHandover: (handover: Handover) => void) {
    this.#wall = wall;
    this.#isBlackout = isBlackout;
    this.#onHandover = onHandover;
  }

  /** What the wall shows while its parts close one after the other: nobody is to see their pictures stop. */
  get lastScene(): Scene {
    return this.#closed === null ? NOTHING : slateScene(this.#closed);
  }

  /** Paints everything anew. */
  async use({ wall, outputs }: Configuration): Promise<void> {
    const { name, width: widthPx, height: heightPx, fps: framesPerSecond, atEnd } = wall;
    const size = { widthPx, heightPx };
    const { restarting, closed } = await paintWallSlates(size, name);
    this.#closed = atEnd === 'closed' ? closed : null;
    this.#handover = {
      size,
      framesPerSecond,
      outputs,
      restarting: rgbOf(restarting),
      closed: this.#closed === null ? null : rgbOf(this.#closed),
    };
    this.#tell();
  }

  setBlackout(on: boolean): void {
    if (on === this.#isBlackout) return;
    this.#isBlackout = on;
    this.#tell();
  }

  #tell(): void {
    this.#wall.showAtEnd(this.#isBlackout ? null : this.#closed);
    if (this.#handover === null) return;
    const black = { restarting: new Uint8Array(this.#handover.restarting.length), closed: null };
    this.#onHandover({ ...this.#handover, ...(this.#isBlackout ? black : {}) });
  }
}
