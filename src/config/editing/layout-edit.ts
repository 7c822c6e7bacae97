/**
 * Changes layouts in the text of a configuration, and nothing else in it: comments and formatting stay byte for byte, because
 * people wrote them. `splices.ts` knows where entries of a YAML text begin and end, `layout-splices.ts` what a layout's change
 * means there, `layout-words.ts` how a layout is written, and `configuration-file.ts` puts the text on the disk. Whatever comes
 * out is read again: a text that says anything but what was wanted is never handed on.
 */
import { isDeepStrictEqual } from 'node:util';
import { isMap, isSeq, parseDocument, type YAMLSeq } from 'yaml';
import { GlasshallError } from '../../core/errors.js';
import type { Layout } from '../../layout/layout.js';
import { readConfiguration, type LoadedConfiguration } from '../load.js';
import type { SecretStore } from '../secrets.js';
import { layoutSplices, newLayoutSplice, sameCells, wholeLayoutSplice } from './layout-splices.js';
import { applySplices, NotEditable, removal, type Splice } from './splices.js';

/** What becomes of the layouts. `replaces`: id of the layout that gives way to it; null for one more. */
export type LayoutEdit =
  | { readonly kind: 'save'; readonly layout: Layout; readonly replaces: string | null }
  | { readonly kind: 'delete'; readonly layout: string };

/** A configuration as text, and what it says. */
export type EditedText = { readonly text: string; readonly loaded: LoadedConfiguration };

/**
 * Makes the change.
 * @param before a configuration that is sound
 * @throws ConfigurationError with everything that is wrong with the result (its lines are those of the text that would have been
 * written); GlasshallError `unknown-layout`, `layout-not-editable` (it is written in a way that only people can change)
 */
export function editLayouts(before: EditedText, file: string, edit: LayoutEdit, store: SecretStore): EditedText {
  const { text } = before;
  const old = edit.kind === 'save' ? edit.replaces : edit.layout;
  const index = before.loaded.layouts.findIndex(({ id }) => id === old);
  if (old !== null && index < 0) {
    throw new GlasshallError('unknown-layout', `no layout is called "${old}"`, { layout: old });
  }
  for (const splices of waysTo(edit, before, index)) {
    const candidate = attempt(text, splices);
    if (candidate === null || !leavesTheRest(text, candidate, index, edit)) continue;
    const loaded = readConfiguration(candidate, file, store);
    if (says(loaded, edit)) return { text: candidate, loaded };
  }
  const place = index < 0 ? 'layouts' : `layouts[${index}]`;
  throw new GlasshallError(
    'layout-not-editable',
    `${place} is written in a way that is not changed by program (anchors, merges or tags) — change it by hand`,
    { path: place },
  );
}

/** From the way that keeps most to the one that keeps least. */
function waysTo(edit: LayoutEdit, { text, loaded }: EditedText, index: number): readonly (() => readonly Splice[])[] {
  const list = listIn(text);
  if (edit.kind === 'delete') return [() => [removal(list(), index, text)]];
  const { layout: wanted } = edit;
  const layout = loaded.layouts[index];
  if (layout === undefined) return [() => [newLayoutSplice(list(), wanted, text)]];
  const written = (): Parameters<typeof layoutSplices>[0] => {
    const map = list().items[index];
    if (!isMap(map)) throw new NotEditable('a layout that is no mapping');
    return { map, layout };
  };
  return [() => layoutSplices(written(), wanted, text), () => [wholeLayoutSplice(written(), wanted, text)]];
}

function listIn(text: string): () => YAMLSeq {
  return () => {
    const list = parseDocument(text, { stringKeys: true }).get('layouts', true);
    if (!isSeq(list)) throw new NotEditable('layouts is no list');
    return list;
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

/** Whether everything but the one layout says what it said. */
function leavesTheRest(before: string, after: string, index: number, edit: LayoutEdit): boolean {
  const values = [before, after].map(valueOf);
  const [was, is] = values.map((value) => (hasLayouts(value) ? value : null));
  if (was === null || was === undefined || is === null || is === undefined) return false;
  const isOther = (_layout: unknown, position: number): boolean => position !== index;
  const others = { before: was.layouts.filter(isOther), after: is.layouts };
  if (edit.kind === 'save') others.after = index < 0 ? is.layouts.slice(0, -1) : is.layouts.filter(isOther);
  return (
    isDeepStrictEqual(others.before, others.after) &&
    isDeepStrictEqual({ ...was, layouts: null }, { ...is, layouts: null })
  );
}

/** Null where the text cannot be read, such as with an alias whose anchor went. */
function valueOf(text: string): unknown {
  const document = parseDocument(text, { stringKeys: true });
  if (document.errors.length > 0) return null;
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (failure) {
    if (failure instanceof ReferenceError) return null;
    throw failure;
  }
}

function hasLayouts(value: unknown): value is { readonly layouts: readonly unknown[] } {
  return typeof value === 'object' && value !== null && 'layouts' in value && Array.isArray(value.layouts);
}

function says({ layouts }: LoadedConfiguration, edit: LayoutEdit): boolean {
  if (edit.kind === 'delete') return layouts.every(({ id }) => id !== edit.layout);
  const found = layouts.find(({ id }) => id === edit.layout.id);
  return found?.name === edit.layout.name && sameCells(found.cells, edit.layout.cells);
}
