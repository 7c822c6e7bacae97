import type { Layout } from '../layout/layout.js';
import type { EditableLayouts, LayoutDraft } from './layout-desk.js';
import type { VendorEvent, VendorResponse } from './vendor.js';

type GivenCell = VendorResponse<'GetLayouts'>['layouts'][number]['cells'][number];

/** The layouts of the configuration, as `GetLayouts` gives them. */
export function editableLayoutFields({ file, layouts }: EditableLayouts): VendorResponse<'GetLayouts'> {
  return {
    file: { ...file },
    layouts: layouts.map(({ id, name, cells, drawn, uses }) => ({
      ...{ id, name, cells: cellFields({ id, name, cells }), drawn },
      uses: uses.map((use) => ({ ...use })),
    })),
  };
}

/** A draft, as `GetLayoutDrafts` gives it. */
export function draftFields({ layout, ...draft }: LayoutDraft): VendorResponse<'GetLayoutDrafts'>['drafts'][number] {
  return { ...draft, layout: { id: layout.id, name: layout.name, cells: cellFields(layout) } };
}

/** The drafts, as `LayoutDraftsChanged` gives them. */
export function draftsChangedFields(drafts: readonly LayoutDraft[]): VendorEvent<'LayoutDraftsChanged'> {
  return { drafts: drafts.map(({ layout, ...draft }) => ({ ...draft, name: layout.name })) };
}

function cellFields({ cells }: Layout): GivenCell[] {
  return cells.map((cell) => ({ ...cell, rectangle: { ...cell.rectangle } }));
}
