import { z } from 'zod';

/** The parts of what a wall shows, as entries and `wall-shown.ts` hold them. */

/** Who did something. */
export const actor = z.object({
  name: z.string(),
  role: z.string(),
  /** The protocol or the part of the service: `obs`, `http`, `osc`, `mqtt`, `schedule`, … */
  via: z.string(),
  /** Address of the caller; null for a part of the service. */
  from: z.string().nullable(),
});
export type Actor = z.output<typeof actor>;

/** One cell of the layout on air. In wall pixels; what has the higher `z` is on top. */
export const shownCell = z.object({
  cell: z.string(),
  source: z.string(),
  /** The source's name as people read it, null where it has none. */
  name: z.string().nullable(),
  x: z.int(),
  y: z.int(),
  widthPx: z.int(),
  heightPx: z.int(),
  z: z.int(),
});
export type ShownCell = z.output<typeof shownCell>;

export const layoutName = z.object({ id: z.string(), name: z.string() });

/** A layout with its cells; lowest `z` first. */
export const cells = z.object({ layout: layoutName, cells: z.array(shownCell) });

/** A layout that went on air, and how. */
export const shown = z.object({
  ...cells.shape,
  transition: z.object({
    kind: z.string(),
    /** 0 for a cut. */
    fadeMs: z.number(),
    /** Whether its pictures were there already. */
    prepared: z.boolean().nullable(),
    /** Tick of the wall at which it began. */
    tick: z.int().nullable(),
  }),
});

/** The template of the running line; its numbers are in `counts`. */
export const ticker = z.object({ text: z.string() });

/** Of the whole wall, 0 to 100. */
export const brightness = z.object({ percent: z.number() });

const reason = z.string().nullable();

/** The whole wall black on purpose. */
export const blackout = z.object({ on: z.boolean(), reason });

/** The whole wall stands still on purpose. */
export const freeze = z.object({ on: z.boolean(), reason });

/** A pattern instead of pictures; null: none. */
export const testPattern = z.object({ pattern: z.string().nullable() });

/** A camera and what its tile shows. */
export const tile = z.object({
  camera: z.string(),
  name: z.string(),
  state: z.string(),
  /** A stable code, null while nothing is wrong. */
  reason: z.string().nullable(),
  /** Whether the wall shows its slate instead of a picture; false when it is not on air. */
  slate: z.boolean(),
});
export type ShownTile = z.output<typeof tile>;

export const count = z.object({
  id: z.string(),
  state: z.string(),
  reason: z.string().nullable(),
  /** Null where a value is missing or too old, i.e. where the wall shows a dash. */
  values: z.record(z.string(), z.union([z.number(), z.string()]).nullable()),
  /** Age of the last good reading when the entry was made, null before the first. */
  ageMs: z.number().nullable(),
});

/** All counts. */
export const counts = z.object({ counts: z.array(count) });
