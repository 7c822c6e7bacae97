import { isCollection, isMap, isNode, isPair, isScalar, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';

/** A part of a text, by offsets, and what stands there instead. */
export type Splice = { readonly start: number; readonly end: number; readonly text: string };

/** The text is written in a way that a splice would break, such as with anchors. */
export class NotEditable extends Error {}

/** The text with all splices made; they must not overlap. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  let result = text;
  let limit = text.length;
  for (const { start, end, text: replacement } of [...splices].sort((a, b) => b.start - a.start || b.end - a.end)) {
    if (end > limit) throw new NotEditable('two changes in one place');
    result = result.slice(0, start) + replacement + result.slice(end);
    limit = start;
  }
  return result;
}

/** The line break that the text uses. */
export function lineBreakOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Where a node or the key of a pair begins. */
export function startOf(entry: unknown): number {
  const node = isPair(entry) ? entry.key : entry;
  const start = isNode(node) ? node.range?.[0] : undefined;
  if (start === undefined) throw new NotEditable('an entry without a place');
  return start;
}

/** Where the last visible character of a node or pair ends: comments and empty lines after it are not its own. */
export function contentEndOf(entry: unknown, text: string): number {
  if (isPair(entry)) return contentEndOf(entry.value ?? entry.key, text);
  if (isCollection(entry) && entry.flow !== true) return contentEndOf(entry.items.at(-1), text);
  const end = isNode(entry) ? entry.range?.[1] : undefined;
  if (end === undefined) throw new NotEditable('an entry without a place');
  return text.slice(0, end).trimEnd().length;
}

/** The column (from 0) at which a line's first entry begins; `-` of a list counts. */
export function columnOf(offset: number, text: string): number {
  return offset - lineStartOf(offset, text);
}

/** Takes an entry out of a list or mapping; in a block with the whole of its lines, and in a list the comment right above. */
export function removal(parent: YAMLSeq | YAMLMap, index: number, text: string): Splice {
  const entries: readonly unknown[] = parent.items;
  const entry = entries[index];
  const next = entries[index + 1];
  if (parent.flow === true) return flowRemoval(entries, index, text);
  if (isMap(parent) && !isFirstOnLine(startOf(entry), text)) {
    // It shares its line with the dash of a list, and the next one takes its place there.
    if (next === undefined) throw new NotEditable('nothing would be left');
    return { start: startOf(entry), end: startOf(next), text: '' };
  }
  const first = isMap(parent) ? startOf(entry) : dashOf(startOf(entry), text);
  const column = columnOf(first, text);
  let start = lineStartOf(first, text);
  // The first comment of a list may be about all of it.
  while (index > 0 && !isMap(parent) && isCommentAt(lineStartOf(start - 1, text), column, text)) {
    start = lineStartOf(start - 1, text);
  }
  const end = lineEndOf(contentEndOf(entry, text), text);
  return end < text.length
    ? { start, end: nextLineOf(end, text), text: '' }
    : { start: Math.max(0, start - lineBreakOf(text).length), end, text: '' };
}

/**
 * Puts something after the last entry of a list.
 * @param flow how it is written between brackets
 * @param block how it is written in lines, without the dash and without indentation
 */
export function appending(list: YAMLSeq, flow: string, block: readonly string[], text: string): Splice {
  const last = list.items.at(-1);
  if (last === undefined) throw new NotEditable('an empty list');
  if (list.flow === true) {
    const at = contentEndOf(last, text);
    return { start: at, end: at, text: `, ${flow}` };
  }
  const indent = ' '.repeat(columnOf(dashOf(startOf(last), text), text));
  const lineBreak = lineBreakOf(text);
  const at = lineEndOf(contentEndOf(last, text), text);
  const before = list.items.at(-2);
  const isSpaced =
    before !== undefined && /\n[ \t]*\r?\n/.test(text.slice(contentEndOf(before, text), dashOf(startOf(last), text)));
  const lines = block.map((line, index) => `${indent}${index === 0 ? '- ' : '  '}${line}`);
  return { start: at, end: at, text: (isSpaced ? lineBreak : '') + lines.map((line) => lineBreak + line).join('') };
}

/** Puts an entry before the first of a mapping. */
export function prepending(map: YAMLMap, entry: string, text: string): Splice {
  const at = startOf(map.items[0]);
  const separator = map.flow === true ? ', ' : lineBreakOf(text) + ' '.repeat(columnOf(at, text));
  return { start: at, end: at, text: entry + separator };
}

/** Puts entries after the last of a mapping. */
export function adding(map: YAMLMap, entries: readonly string[], text: string): Splice {
  const end = contentEndOf(map.items.at(-1), text);
  if (map.flow === true) return { start: end, end, text: entries.map((entry) => `, ${entry}`).join('') };
  const indent = lineBreakOf(text) + ' '.repeat(columnOf(startOf(map.items[0]), text));
  const at = lineEndOf(end, text);
  return { start: at, end: at, text: entries.map((entry) => indent + entry).join('') };
}

/** Puts other words in the place of a key's value, which stands on one line or between brackets. */
export function replacing(map: YAMLMap, key: string, words: string): Splice {
  const value: unknown = map.get(key, true);
  const isShort = isScalar(value) || (isCollection(value) && value.flow === true);
  if (!isShort || !value.range || value.anchor !== undefined) throw new NotEditable(`${key} is no plain value`);
  return { start: value.range[0], end: value.range[1], text: words };
}

/** Gives keys of a mapping other values, in the words of YAML; null takes a key away. Keys that are missing come behind the others. */
export function setting(map: YAMLMap, values: ReadonlyMap<string, string | null>, text: string): readonly Splice[] {
  const missing: string[] = [];
  const splices = [...values].flatMap(([key, words]): Splice[] => {
    if (words === null) return removingKey(map, key, text);
    if (map.has(key)) return [replacing(map, key, words)];
    missing.push(`${key}: ${words}`);
    return [];
  });
  return missing.length === 0 ? splices : [...splices, adding(map, missing, text)];
}

/** Takes a key with its value out of a mapping; nothing happens where it is not there. */
export function removingKey(map: YAMLMap, key: string, text: string): Splice[] {
  const index = map.items.findIndex((pair) => keyOf(pair) === key);
  return index < 0 ? [] : [removal(map, index, text)];
}

/** The key of an entry; empty where it is no plain one. */
export function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : '';
}

/** Where the dash of a list's block entry stands. @param start where its content begins */
export function dashOf(start: number, text: string): number {
  const before = /-(?:[ \t]|#[^\n]*\n|\r?\n)*$/.exec(text.slice(0, start));
  if (before === null || !isFirstOnLine(before.index, text)) throw new NotEditable('an entry without a dash');
  return before.index;
}

function flowRemoval(entries: readonly unknown[], index: number, text: string): Splice {
  const next = entries[index + 1];
  const previous = entries[index - 1];
  if (next !== undefined) return { start: startOf(entries[index]), end: startOf(next), text: '' };
  if (previous === undefined) throw new NotEditable('nothing would be left');
  return { start: contentEndOf(previous, text), end: contentEndOf(entries[index], text), text: '' };
}

/** Where the line begins. */
export function lineStartOf(offset: number, text: string): number {
  return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line ends, its line break not included. */
export function lineEndOf(offset: number, text: string): number {
  const end = text.indexOf('\n', offset);
  if (end < 0) return text.length;
  return text[end - 1] === '\r' && end - 1 >= offset ? end - 1 : end;
}

/** Where the next line begins; the end of the text where there is none. @param lineEnd of `lineEndOf` */
export function nextLineOf(lineEnd: number, text: string): number {
  const at = text.indexOf('\n', lineEnd);
  return at < 0 ? text.length : at + 1;
}

function isFirstOnLine(offset: number, text: string): boolean {
  return text.slice(lineStartOf(offset, text), offset).trim() === '';
}

function isCommentAt(lineStart: number, column: number, text: string): boolean {
  const line = text.slice(lineStart, lineEndOf(lineStart, text));
  return line.trimStart().startsWith('#') && line.length - line.trimStart().length === column;
}
