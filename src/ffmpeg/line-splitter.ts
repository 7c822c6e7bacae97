import { StringDecoder } from 'node:string_decoder';

const MAXIMUM_LINE_CHARACTERS = 2_000;

/** Cuts a stream of bytes into lines of text. A line longer than the cap is cut off there, so memory is bounded. */
export class LineSplitter {
  readonly #decoder = new StringDecoder('utf8');
  readonly #onLine: (line: string) => void;
  #rest = '';

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  push(bytes: Buffer): void {
    const lines = (this.#rest + this.#decoder.write(bytes)).split(/[\r\n]+/);
    this.#rest = (lines.pop() ?? '').slice(0, MAXIMUM_LINE_CHARACTERS);
    for (const line of lines) this.#give(line);
  }

  /** Hands out what came after the last line end. */
  end(): void {
    this.#give(this.#rest + this.#decoder.end());
    this.#rest = '';
  }

  #give(line: string): void {
    if (line.trim() !== '') this.#onLine(line.slice(0, MAXIMUM_LINE_CHARACTERS));
  }
}
