import type { Cell, Layout } from '../../layout/layout.js';
import { defaultCellId } from '../../layout/resolve.js';

/** A text as a YAML scalar that reads as this text, also between brackets; `${` is escaped. */
export function scalarWords(value: string): string {
  const escaped = value.replaceAll('${', '$${');
  const isPlain = /^[\p{L}_][\p{L}\p{N}_·-]*( [\p{L}\p{N}_·-]+)*$/u.test(escaped) && !RESERVED.test(escaped);
  if (isPlain) return escaped;
  return /\p{C}/u.test(escaped) ? JSON.stringify(escaped) : `'${escaped.replaceAll("'", "''")}'`;
}

/** Words that YAML takes for something other than a text. */
const RESERVED = /^(null|true|false|yes|no|on|off|y|n)$/i;

/** One key with its value. */
export function entryWords(key: string, value: string | number): string {
  return `${key}: ${typeof value === 'number' ? value : scalarWords(value)}`;
}

/** A cell as one line. @param index its place in the list, from 0: where it follows from that, its id is left out */
export function cellWords({ id, source, rectangle, z, fit }: Cell, index: number): string {
  const { x, y, widthPx, heightPx } = rectangle;
  const entries = [
    ...(id === defaultCellId(index) ? [] : [entryWords('id', id)]),
    entryWords('source', source),
    ...[`x: ${x}`, `y: ${y}`, `width: ${widthPx}`, `height: ${heightPx}`],
    ...(z === 0 ? [] : [`z: ${z}`]),
    ...(fit === 'cover' ? [] : [`fit: ${fit}`]),
  ];
  return `{ ${entries.join(', ')} }`;
}

/** The cells of a layout as lines, key first. */
export function cellsBlock(cells: readonly Cell[]): readonly string[] {
  return ['cells:', ...cells.map((cell, index) => `  - ${cellWords(cell, index)}`)];
}

/** A layout as lines, for a place among others in a block. */
export function layoutBlock({ id, name, cells }: Layout): readonly string[] {
  return [entryWords('id', id), entryWords('name', name), ...cellsBlock(cells)];
}

/** A layout between brackets. */
export function layoutFlow({ id, name, cells }: Layout): string {
  const list = cells.map(cellWords).join(', ');
  return `{ ${entryWords('id', id)}, ${entryWords('name', name)}, cells: [${list}] }`;
}
