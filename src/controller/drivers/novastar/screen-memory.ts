import { NOTHING_KNOWN, type ControllerReading } from '../../controller-driver.js';
import type { CardAddress } from './frame.js';
import type { NovastarOptions } from './options.js';
import type { CardReading } from './registers.js';

type KnownCard = { readonly address: CardAddress; reading: CardReading | 'silent' | null; isPictureKnown: boolean };

/**
 * What each receiving card of a screen said last. A screen has more cards than can be asked at once: they are asked in turn,
 * and a reading of the screen is made of what each of them said.
 */
export class ScreenMemory {
  readonly #cards: readonly KnownCard[];
  #next = 0;

  constructor(chains: NovastarOptions['chains']) {
    this.#cards = chains.flatMap(({ port, cards }) =>
      Array.from({ length: cards }, (_, card) => ({
        address: { port, card },
        reading: null,
        isPictureKnown: false,
      })),
    );
  }

  get cardCount(): number {
    return this.#cards.length;
  }

  /** The card whose turn it is. */
  nextCard(): CardAddress {
    const card = this.#cards[this.#next];
    if (card === undefined) throw new RangeError('a screen without cards');
    return card.address;
  }

  /** Keeps what the card whose turn it is said, and gives the turn to the next. */
  keep(reading: CardReading | 'silent'): void {
    const card = this.#cards[this.#next];
    if (card === undefined) return;
    card.reading = reading;
    card.isPictureKnown = true;
    this.#next = (this.#next + 1) % this.#cards.length;
  }

  /** A command was sent: what cards said of their picture before is true no more. */
  forgetPictures(): void {
    for (const card of this.#cards) card.isPictureKnown = false;
  }

  /** The screen as a whole. @param input what is known of the video input */
  reading(input: ControllerReading['input']): ControllerReading {
    const asked = this.#cards.filter(({ reading }) => reading !== null);
    const answering = asked.flatMap(({ reading }) => (reading === null || reading === 'silent' ? [] : [reading]));
    const pictures = this.#cards.flatMap(({ reading, isPictureKnown }) =>
      isPictureKnown && reading !== null && reading !== 'silent' ? [reading] : [],
    );
    const total = this.#cards.length;
    return {
      ...NOTHING_KNOWN,
      input,
      black: anyOf(pictures.map(({ black }) => black)),
      freeze: anyOf(pictures.map(({ freeze }) => freeze)),
      testPicture: anyOf(pictures.map(({ testPicture }) => testPicture)),
      brightnessPercent: pictures.length === 0 ? null : Math.max(...pictures.map((each) => each.brightnessPercent)),
      // Until all were asked, those that were not are nobody's fault.
      cabinets: asked.length === 0 ? null : { ok: total - (asked.length - answering.length), total },
      temperatureCelsius: extreme(
        answering.map(({ temperatureCelsius }) => temperatureCelsius),
        Math.max,
      ),
      voltageVolts: extreme(
        answering.map(({ voltageVolts }) => voltageVolts),
        Math.min,
      ),
      link: asked.length === 0 ? null : answering.length > 0,
      detail: 'NovaStar',
    };
  }
}

function anyOf(values: readonly boolean[]): boolean | null {
  return values.length === 0 ? null : values.some((value) => value);
}

function extreme(values: readonly (number | null)[], pick: (...numbers: number[]) => number): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : pick(...known);
}
