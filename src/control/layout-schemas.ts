import { z } from 'zod';
import { identifier } from '../core/identifier-option.js';

const id = z.string().min(1).max(200);
const fit = z.enum(['cover', 'contain']);
/** Far beyond any wall: what lies off it is refused with words of its own, or kept in a draft. */
const pixels = z.int().min(-100_000).max(100_000);

const cell = z.strictObject({
  /** Unique in its layout. */
  id,
  /** A camera id, `ticker` or `clock`. */
  source: id,
  /** Wall pixels. */
  rectangle: z.strictObject({ x: pixels, y: pixels, widthPx: pixels, heightPx: pixels }),
  z: z.int().min(0).max(100),
  fit,
});

/** A layout as an editor gives it. */
export const givenLayout = z.strictObject({
  id,
  name: z.string().min(1).max(200),
  cells: z.array(cell).max(256),
});

/** Drafts are named by whoever makes them. */
export const draftId = identifier.max(64);

const answered = { id: z.string(), name: z.string() };
const cells = z.array(cell);

/** The configuration file, and whether it can be changed. */
export const configurationFile = z.object({
  name: z.string(),
  /** Of the file's content, for whoever changes it; null where it cannot be read. */
  revision: z.string().nullable(),
  /** Why nothing can be saved in it. `invalid`: it has mistakes, and what is given is what was read before. */
  problem: z.enum(['read-only', 'invalid', 'unreadable']).nullable(),
});

/** What `GetLayouts` gives. */
export const editableLayouts = z.object({
  file: configurationFile,
  layouts: z.array(
    z.object({
      ...answered,
      cells,
      /** It is written as a drawing of areas; saving other cells writes rectangles in its place. */
      drawn: z.boolean(),
      /** What keeps it from being deleted; `name` is that of the tour or rule. */
      uses: z.array(
        z.object({ kind: z.enum(['program', 'preview', 'tour', 'schedule']), name: z.string().nullable() }),
      ),
    }),
  ),
});

const draft = {
  id: draftId,
  /** The layout that it is to replace, null for a new one. */
  replaces: z.string().nullable(),
  savedAtMs: z.number(),
  /** Name of the person. */
  by: z.string(),
};

/** What `GetLayoutDrafts` gives, the latest first. */
export const layoutDrafts = z.object({
  drafts: z.array(z.object({ ...draft, layout: z.object({ ...answered, cells }) })),
});

/** What `LayoutDraftsChanged` tells. */
export const layoutDraftsChanged = z.object({ drafts: z.array(z.object({ ...draft, name: z.string() })) });
