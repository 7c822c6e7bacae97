/**
 * Changes parts of a configuration in its text, and nothing else in it: comments and formatting stay byte for byte, because people
 * wrote them. This file changes layouts, `tour-edit.ts` tours and `schedule-edit.ts` the rules of the schedule; `text-edit.ts` is
 * what they share, `configuration-editor.ts` the one who has the file. `splices.ts` and `list-splices.ts` know where entries of a
 * YAML text begin and end, `layout-splices.ts` what a layout's change means there, `layout-words.ts` and `programme-words.ts` how
 * things are written, and `configuration-file.ts` puts the text on the disk. Whatever comes out is read again: a text that says
 * anything but what was wanted is never handed on.
 */
import { isMap } from 'yaml';
import { GlasshallError } from '../../core/errors.js';
import type { Layout } from '../../layout/layout.js';
import type { LoadedConfiguration } from '../load.js';
import { layoutSplices, newLayoutSplice, sameCells, wholeLayoutSplice } from './layout-splices.js';
import { NotEditable, removal } from './splices.js';
import { listIn, restOfList, rootOf, type EditedText, type TextEdit } from './text-edit.js';

/** What becomes of the layouts. `replaces`: id of the layout that gives way to it; null for one more. */
export type LayoutEdit =
  | { readonly kind: 'save'; readonly layout: Layout; readonly replaces: string | null }
  | { readonly kind: 'delete'; readonly layout: string };

/** The change of a layout. @throws GlasshallError `unknown-layout`; made, it may throw `layout-not-editable` */
export function layoutEdit(before: EditedText, edit: LayoutEdit): TextEdit {
  const old = edit.kind === 'save' ? edit.replaces : edit.layout;
  const index = before.loaded.layouts.findIndex(({ id }) => id === old);
  if (old !== null && index < 0) {
    throw new GlasshallError('unknown-layout', `no layout is called "${old}"`, { layout: old });
  }
  const place = index < 0 ? 'layouts' : `layouts[${index}]`;
  return {
    ways: waysTo(edit, before, index),
    rest: restOfList('layouts', index, edit.kind === 'save'),
    says: (loaded) => says(loaded, edit),
    refusal: () =>
      new GlasshallError(
        'layout-not-editable',
        `${place} is written in a way that is not changed by program (anchors, merges or tags) — change it by hand`,
        { path: place },
      ),
  };
}

function waysTo(edit: LayoutEdit, { text, loaded }: EditedText, index: number): TextEdit['ways'] {
  const list = (): ReturnType<typeof listIn> => listIn(rootOf(text), 'layouts');
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

function says({ layouts }: LoadedConfiguration, edit: LayoutEdit): boolean {
  if (edit.kind === 'delete') return layouts.every(({ id }) => id !== edit.layout);
  const found = layouts.find(({ id }) => id === edit.layout.id);
  return found?.name === edit.layout.name && sameCells(found.cells, edit.layout.cells);
}
