import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  Scalar,
  type Document,
  type Node,
  type Pair,
  type YAMLError,
} from 'yaml';
import { formatPath, type ConfigurationPath, type Finding, type Problem } from './problems.js';

/** A YAML 1.2 text that remembers where everything stands. */
export class YamlSource {
  /** What the text cannot be read for; without any, `value` is whole. */
  readonly problems: readonly Problem[];
  /** Plain objects, arrays, strings, numbers; null when the text cannot be read. */
  readonly value: unknown;
  readonly #document: Document.Parsed;
  readonly #lines = new LineCounter();
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, stringKeys: true });
    this.problems = withoutConsequences(this.#document.errors).map((error) => this.#describe(error));
    this.value = this.problems.length === 0 ? this.#document.toJS({ maxAliasCount: 100 }) : null;
  }

  /** The finding with its place; the nearest thing that is there stands in for what is missing. */
  locate(finding: Finding): Problem {
    const { code, path, message, mend } = finding;
    return { code, path: formatPath(path), ...this.#place(finding), message, mend };
  }

  #place(finding: Finding): { line: number; column: number } {
    const found = this.#find(finding.path);
    const value = found.value;
    if (finding.drawing !== undefined && isScalar(value) && value.range) {
      return this.#placeInDrawing(value, finding.drawing) ?? this.#positionOf(value.range[0]);
    }
    // A value on one line is pointed at itself; a whole mapping or list is named by its key.
    if (found.complete && finding.atKey !== true && isScalar(value) && value.range)
      return this.#positionOf(value.range[0]);
    return this.#positionOf(found.offset);
  }

  /** Walks as far along the path as the document goes. `offset` is where the last thing that was found begins. */
  #find(path: ConfigurationPath): { value: unknown; offset: number; complete: boolean } {
    let value = this.#resolve(this.#document.contents);
    let offset = startOf(value) ?? 0;
    for (const step of path) {
      if (isMap(value)) {
        const pair: Pair | undefined = value.items.find((item) => isScalar(item.key) && item.key.value === step);
        if (pair === undefined) return { value, offset, complete: false };
        offset = startOf(pair.key) ?? offset;
        value = this.#resolve(pair.value);
      } else if (isSeq(value)) {
        const item: unknown = typeof step === 'number' ? value.items[step] : undefined;
        if (item === undefined) return { value, offset, complete: false };
        offset = startOf(item) ?? offset;
        value = this.#resolve(item);
      } else {
        return { value, offset, complete: false };
      }
    }
    return { value, offset, complete: true };
  }

  #resolve(node: unknown): unknown {
    return isAlias(node) ? node.resolve(this.#document) : node;
  }

  /** Only a literal block (`|`) keeps the lines of the drawing; elsewhere the value's own place must do. */
  #placeInDrawing(scalar: Scalar, drawing: { line: number; word: number }): { line: number; column: number } | null {
    if (scalar.type !== Scalar.BLOCK_LITERAL || !scalar.range) return null;
    const line = this.#lines.linePos(scalar.range[0]).line + 1 + drawing.line;
    const content = this.#text.split('\n')[line - 1] ?? '';
    const word = [...content.matchAll(/\S+/g)][Math.max(0, drawing.word)];
    return { line, column: (word?.index ?? 0) + 1 };
  }

  #positionOf(offset: number): { line: number; column: number } {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }

  #describe(error: YAMLError): Problem {
    const { line, column } = this.#openQuote(error) ?? this.#positionOf(error.pos[0]);
    const code = error.code === 'DUPLICATE_KEY' ? 'duplicate-key' : 'bad-yaml';
    return { code, path: '', line, column, message: firstLine(error.message), mend: this.#mendFor(error, line) };
  }

  /** A quote that is never closed is noticed where the text ends; it is to be mended where it was opened. */
  #openQuote(error: YAMLError): { line: number; column: number } | null {
    const quote = /missing closing ("|')/i.exec(error.message)?.[1];
    if (quote === undefined) return null;
    const lines = this.#text.slice(0, error.pos[0]).split('\n');
    const line = lines.findLastIndex((content) => content.split(quote).length % 2 === 0);
    return line < 0 ? null : { line: line + 1, column: (lines[line]?.lastIndexOf(quote) ?? 0) + 1 };
  }

  #mendFor(error: YAMLError, line: number): string {
    const content = this.#text.split('\n')[line - 1] ?? '';
    if (error.code === 'DUPLICATE_KEY') return 'keep one of the two keys';
    if (error.code === 'TAB_AS_INDENT' || /^\s*\t/.test(content)) return 'indent with spaces, never with tabs';
    if (/[^"']\$\{/.test(content)) return 'put quotes around the text with ${…}: "${NAME}"';
    return 'check the indentation, quotes, commas and brackets of this line and of the one above it';
  }
}

/** Once the structure is lost, everything that the parser says about what follows is guesswork. */
function withoutConsequences(errors: readonly YAMLError[]): YAMLError[] {
  const lost = errors.findIndex((error) => error.code !== 'DUPLICATE_KEY');
  return lost < 0 ? [...errors] : errors.slice(0, lost + 1);
}

function startOf(node: unknown): number | null {
  const range = (node as Partial<Node> | null | undefined)?.range;
  return range?.[0] ?? null;
}

function firstLine(text: string): string {
  const line = text.split('\n')[0] ?? text;
  return line.charAt(0).toLowerCase() + line.slice(1);
}
