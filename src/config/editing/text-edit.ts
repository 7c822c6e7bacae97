import { isDeepStrictEqual } from 'node:util';
import { isMap, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import type { GlasshallError } from '../../core/errors.js';
import { readConfiguration, type LoadedConfiguration } from '../load.js';
import type { SecretStore } from '../secrets.js';
import { applySplices, lineBreakOf, lineEndOf, contentEndOf, NotEditable, type Splice } from './splices.js';

/** A configuration as text, and what it says. */
export type EditedText = { readonly text: string; readonly loaded: LoadedConfiguration };

/** The value of a whole configuration, nothing of it checked. */
export type RawConfiguration = Readonly<Record<string, unknown>>;

/** One change of one part of the configuration. */
export type TextEdit = {
  /** How it could be written, from the way that keeps most to the one that keeps least. They throw NotEditable. */
  readonly ways: readonly (() => readonly Splice[])[];
  /** Everything but the part that is to change: the same before and after. */
  readonly rest: (configuration: RawConfiguration, side: 'before' | 'after') => unknown;
  /** Whether the part is as it is wanted. */
  readonly says: (loaded: LoadedConfiguration) => boolean;
  /** What is thrown when no way leads there. */
  readonly refusal: () => GlasshallError;
};

/**
 * Makes a change in the text.
 * @param before a configuration that is sound
 * @throws ConfigurationError with everything that is wrong with the result (its lines are those of the text that would have been
 * written); GlasshallError of the edit, when it is written in a way that only people can change
 */
export function editText(before: EditedText, file: string, edit: TextEdit, store: SecretStore): EditedText {
  for (const splices of edit.ways) {
    const candidate = attempt(before.text, splices);
    if (candidate === null || !leavesTheRest(before.text, candidate, edit)) continue;
    const loaded = readConfiguration(candidate, file, store);
    if (edit.says(loaded)) return { text: candidate, loaded };
  }
  throw edit.refusal();
}

/** The mapping that is the whole configuration. @throws NotEditable */
export function rootOf(text: string): YAMLMap {
  const root = parseDocument(text, { stringKeys: true }).contents;
  if (!isMap(root)) throw new NotEditable('a configuration that is no mapping');
  return root;
}

/** A list of the configuration. @throws NotEditable */
export function listIn(map: YAMLMap, key: string): YAMLSeq {
  const list = map.get(key, true);
  if (!isSeq(list)) throw new NotEditable(`${key} is no list`);
  return list;
}

/** Puts lines after everything else, an empty one before them. @param lines as they stand at the beginning of a line */
export function appendingLines(root: YAMLMap, lines: readonly string[], text: string): Splice {
  if (root.flow === true) throw new NotEditable('a configuration between brackets');
  const at = lineEndOf(contentEndOf(root.items.at(-1), text), text);
  const lineBreak = lineBreakOf(text);
  return { start: at, end: at, text: lineBreak + lines.map((line) => lineBreak + line).join('') };
}

/** `rest` for a change of one entry of a list: everything but that entry. @param index in the list as it was; −1: a new one behind the others */
export function restOfList(key: string, index: number, isKept: boolean): TextEdit['rest'] {
  return ({ [key]: list, ...others }, side) => {
    const entries: readonly unknown[] = Array.isArray(list) ? list : [];
    if (index < 0) return [others, side === 'before' ? entries : entries.slice(0, -1)];
    return [others, side === 'after' && !isKept ? entries : entries.filter((_entry, position) => position !== index)];
  };
}

function attempt(text: string, splices: () => readonly Splice[]): string | null {
  try {
    return applySplices(text, splices());
  } catch (failure) {
    if (failure instanceof NotEditable) return null;
    throw failure;
  }
}

function leavesTheRest(before: string, after: string, { rest }: TextEdit): boolean {
  const [was, is] = [valueOf(before), valueOf(after)];
  return was !== null && is !== null && isDeepStrictEqual(rest(was, 'before'), rest(is, 'after'));
}

/** Null where the text cannot be read, such as with an alias whose anchor went. */
function valueOf(text: string): RawConfiguration | null {
  const document = parseDocument(text, { stringKeys: true });
  if (document.errors.length > 0) return null;
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return typeof value === 'object' && value !== null ? (value as RawConfiguration) : null;
  } catch (failure) {
    if (failure instanceof ReferenceError) return null;
    throw failure;
  }
}
