import { formatCount, NO_VALUE } from './format.js';
import { StripPainter, type StripStyle } from './strip-painter.js';
import { stripTokens, type TickerValue } from './strip-token.js';
import { fieldsOf, type Template } from './template.js';
import type { TickerStrip } from './update.js';

/** What is known of a count now. */
export type ValueOf = (source: string, field: string) => TickerValue;

/** What stands in a text's places for counts, as people read it: `queue.waiting` → `1,204` or `—`. */
export function shownValues(template: Template, valueOf: ValueOf): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fieldsOf(template).map(({ source, field }) => [`${source}.${field}`, formatCount(valueOf(source, field))]),
  );
}

/** One text at one height, with the strip that shows it. */
export class TickerLine {
  readonly textNumber: number;
  readonly #template: Template;
  readonly #background: string | null;
  readonly #painter: StripPainter;
  #strip: TickerStrip | null = null;
  #shown: string | null = null;

  /** @param background behind the text, `#rrggbb`; null: that of the cell */
  constructor(template: Template, textNumber: number, style: StripStyle, background: string | null) {
    this.textNumber = textNumber;
    this.#background = background;
    this.#template = template;
    this.#painter = new StripPainter(stripTokens(template), style);
  }

  /** The latest strip, null before the first painting. */
  get strip(): TickerStrip | null {
    return this.#strip;
  }

  /** Whether the text was too long for this height and the strip ends early. */
  get isCut(): boolean {
    return this.#painter.isCut;
  }

  /** Paints again if anything shown has changed. */
  async repaint(valueOf: ValueOf): Promise<void> {
    const values = shownValues(this.#template, valueOf);
    const shown = JSON.stringify(values);
    if (shown === this.#shown) return;
    const strip = await this.#painter.paint((source, field) => values[`${source}.${field}`] ?? NO_VALUE);
    const background = this.#background === null ? {} : { background: this.#background };
    this.#strip = { ...strip, ...background, textNumber: this.textNumber };
    this.#shown = shown;
  }
}
