import { monotonicMs } from '../../core/clock.js';
import type { Size } from '../../core/geometry.js';
import { paintBoard, type BoardRequest } from '../../paint/board.js';
import { Paintings } from '../../paint/paintings.js';
import type { PaintedSource, PaintedSourceContext, Painting } from '../painted-source.js';
import type { BoardOptions } from './options.js';
import { boardContent, missingRows, parseBoard, type BoardContent, type ParsedBoard } from './content.js';

/** Repaints are at least this far apart, except when a count ceases to be true. */
const REPAINT_INTERVAL_MS = 250;
/** The latest of each size in which it is shown; of small ones also some that may come back. */
const KEPT_BYTES = 16 * 1024 * 1024;
const RETRY_AFTER_ERROR_MS = 1_000;

/** A board of counts: painted anew when something that it shows has changed, and then only. */
export class BoardSource implements PaintedSource {
  readonly #options: BoardOptions;
  readonly #context: PaintedSourceContext;
  readonly #board: ParsedBoard;
  readonly #paintings = new Paintings<Painting>(KEPT_BYTES, ({ bitmap }) => bitmap.pixels.byteLength);
  /** What was told of last. */
  #told: BoardContent;
  #toldAtMs = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;

  /** @throws GlasshallError `bad-template` */
  constructor(options: BoardOptions, context: PaintedSourceContext) {
    this.#options = options;
    this.#context = context;
    this.#board = parseBoard(options);
    this.#told = this.#content();
  }

  /** What it shows now; a painting that begins later never shows older counts. */
  paint(size: Size): Promise<Painting> {
    const request = boardRequest(this.#options, this.#content(), size);
    return this.#paintings.get(JSON.stringify(request), () => this.#paint(request));
  }

  countsChanged(): void {
    const next = this.#content();
    if (this.#isClosed || JSON.stringify(next) === JSON.stringify(this.#told)) return;
    const isWithdrawn = missingRows(next) > missingRows(this.#told);
    const waitMs = isWithdrawn ? 0 : this.#toldAtMs + REPAINT_INTERVAL_MS - monotonicMs();
    if (waitMs <= 0) this.#tell(next);
    else this.#tellIn(waitMs);
  }

  async refresh(): Promise<void> {
    this.countsChanged();
    await Promise.resolve();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#clearTimer();
    await Promise.resolve();
  }

  async #paint(request: BoardRequest): Promise<Painting> {
    try {
      return { bitmap: await paintBoard(request), needsPlate: false };
    } catch (failure) {
      // Whatever stands on the wall may have ceased to be true.
      this.#tellIn(RETRY_AFTER_ERROR_MS);
      throw failure;
    }
  }

  #tell(content: BoardContent): void {
    this.#clearTimer();
    this.#told = content;
    this.#toldAtMs = monotonicMs();
    this.#context.changed();
  }

  #tellIn(waitMs: number): void {
    if (!this.#isClosed) this.#timer ??= setTimeout(() => this.#tell(this.#content()), waitMs);
  }

  #clearTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #content(): BoardContent {
    return boardContent(this.#board, this.#context.readings(), this.#context.locale);
  }
}

/** What a board of this content is painted from. */
export function boardRequest(options: BoardOptions, content: BoardContent, size: Size): BoardRequest {
  const { title = null, colour, numberColour, background } = options;
  return { size, title, ...content, colour, numberColour, background };
}
