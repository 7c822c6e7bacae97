import type { ColourOptions } from './options.js';
import { gainsOfKelvin } from './white-balance.js';

/** What three channels become, in the order of the wire. */
export type Tables<Numbers> = readonly [Numbers, Numbers, Numbers];

const NEUTRAL = [1, 1, 1] as const;

/** Which of red, green and blue each byte of the wire carries. */
export function channelsOf(order: ColourOptions['order']): readonly [number, number, number] {
  const at = (place: number): number => 'RGB'.indexOf(order.charAt(place));
  return [at(0), at(1), at(2)];
}

/**
 * What a channel's 256 values become on the wire: `255 · (value / 255) ^ gamma · gain · light`, as whole values and, for
 * dithering, in 256ths.
 */
export class ColourTables {
  readonly whole: Tables<Uint8Array> = [new Uint8Array(256), new Uint8Array(256), new Uint8Array(256)];
  /** At most 65280, so that a threshold below 256 can be added. */
  readonly fine: Tables<Uint16Array> = [new Uint16Array(256), new Uint16Array(256), new Uint16Array(256)];
  readonly #full: Tables<Float64Array>;
  #light = -1;
  #isNeutral = false;

  constructor({ gamma = 1, kelvin, gains, order }: ColourOptions) {
    const ofKelvin = kelvin === undefined ? NEUTRAL : gainsOfKelvin(kelvin);
    const measured = gains === undefined ? NEUTRAL : ([gains.red, gains.green, gains.blue] as const);
    const full = (channel: number): Float64Array => {
      const gain = (ofKelvin[channel] ?? 1) * (measured[channel] ?? 1);
      return Float64Array.from({ length: 256 }, (_, value) => 255 * (value / 255) ** gamma * gain);
    };
    const [first, second, third] = channelsOf(order);
    this.#full = [full(first), full(second), full(third)];
    this.setLight(1);
  }

  /** @param light 0 to 1, times everything: brightness and what the power limit leaves of it */
  setLight(light: number): void {
    if (light === this.#light) return;
    this.#light = light;
    for (let channel = 0; channel < 3; channel += 1) {
      const [full, whole, fine] = [this.#full[channel], this.whole[channel], this.fine[channel]];
      if (full === undefined || whole === undefined || fine === undefined) continue;
      for (let value = 0; value < 256; value += 1) {
        const shade = (full[value] ?? 0) * light;
        whole[value] = Math.round(shade);
        fine[value] = Math.round(shade * 256);
      }
    }
    this.#isNeutral = this.whole.every((table) => table.every((shade, value) => shade === value));
  }

  /** Whether every value stays what it is. */
  get isNeutral(): boolean {
    return this.#isNeutral;
  }
}
