import { z } from 'zod';
import { draftId, givenLayout } from '../layout-schemas.js';
import { givenRule, givenTour } from '../programme-schemas.js';

const id = z.string().min(1).max(200);
const nothing = z.strictObject({});
/** What a test picture is put on; a cabinet by its number on its output's chain, from 1. */
export const testPatternTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('wall') }),
  z.strictObject({ kind: z.literal('output'), output: id }),
  z.strictObject({ kind: z.literal('cabinet'), output: id, cabinet: z.int().min(1).max(4_096) }),
]);
/** −1 to 1; 0 stands still. */
const speed = z.number().min(-1).max(1).default(0);
const onOrOff = z.strictObject({
  on: z.boolean(),
  /** Why, for whoever asks later; stands in the state and in the audit log. */
  reason: z.string().trim().min(1).max(200).optional(),
});

/** What each command is given. Nothing but schemas, so that pages read their types, too. */
export const commandSchemas = {
  'set-preview': z.strictObject({ layout: id }),
  'set-program': z.strictObject({ layout: id }),
  take: nothing,
  undo: nothing,
  'set-studio-mode': z.strictObject({ enabled: z.boolean() }),
  'set-cell-source': z.strictObject({ layout: id, cell: id, source: id }),
  'set-cell-enabled': z.strictObject({ layout: id, cell: id, enabled: z.boolean() }),
  'set-ticker': z.strictObject({ text: z.string().max(2_000) }),
  'show-urgent-message': z.strictObject({
    /** Plain words: braces are braces here. */
    text: z.string().trim().min(1).max(200),
    /** Epoch milliseconds, within a day from now. */
    untilMs: z.number().min(0).max(8.64e15),
  }),
  'end-urgent-message': nothing,
  'set-transition': z.strictObject({
    transition: z.enum(['cut', 'fade']),
    /** Milliseconds; stays as it is when absent. */
    fadeMs: z.number().min(50).max(20_000).optional(),
  }),
  'set-blackout': onOrOff,
  'set-freeze': onOrOff,
  'set-brightness': z.strictObject({
    /** Of full light; null: automatic. */
    percent: z.number().min(0).max(100).nullable(),
  }),
  'start-tour': z.strictObject({ tour: id }),
  hold: z.strictObject({
    /** Epoch milliseconds; null: for good. */
    untilMs: z.number().min(0).max(8.64e15).nullable().default(null),
  }),
  'follow-schedule': nothing,
  'show-test-pattern': z.strictObject({
    /** One of `GetTestPatterns`. */
    pattern: id,
    target: testPatternTarget.default({ kind: 'wall' }),
    /** Then it ends by itself. */
    seconds: z.int().min(1).max(600).default(60),
    /** The second yes that it takes while the hall is open. */
    confirm: z.boolean().default(false),
  }),
  'stop-test-pattern': nothing,
  'save-layout': z.strictObject({
    layout: givenLayout,
    /** Id of the layout that gives way to it; null for one more. */
    replaces: id.nullable(),
    /** `file.revision` of `GetLayouts`: refused with `configuration-changed` when the file is another by now. */
    fileRevision: id,
    /** The second yes that it takes to change what is on air. */
    confirm: z.boolean().default(false),
  }),
  'delete-layout': z.strictObject({ layout: id, fileRevision: id }),
  'save-layout-draft': z.strictObject({
    id: draftId,
    layout: givenLayout,
    replaces: id.nullable().default(null),
    /** `savedAtMs` of the draft that it was made from, null for a new one: refused with `draft-changed` when there is another. */
    ifSavedAtMs: z.number().nullable().default(null),
  }),
  'delete-layout-draft': z.strictObject({ draft: draftId }),
  'save-tour': z.strictObject({
    tour: givenTour,
    /** Id of the tour that gives way to it; null for one more. */
    replaces: id.nullable(),
    /** `file.revision` of `GetProgramme`: refused with `configuration-changed` when the file is another by now. */
    fileRevision: id,
  }),
  'delete-tour': z.strictObject({ tour: id, fileRevision: id }),
  'save-schedule-rules': z.strictObject({
    /** The first that applies is shown. */
    rules: z.array(givenRule).max(64),
    /** Id of the layout or tour that is shown when no rule applies. */
    otherwise: id,
    fileRevision: id,
  }),
  'move-camera': z.strictObject({
    camera: id,
    /** To the right. */
    pan: speed,
    /** Up. */
    tilt: speed,
    /** In. */
    zoom: speed,
  }),
  'stop-camera': z.strictObject({ camera: id }),
  'home-camera': z.strictObject({ camera: id }),
  /** `preset`: a token of `GetCameraPresets`. */
  'recall-camera-preset': z.strictObject({ camera: id, preset: id }),
  'save-camera-preset': z.strictObject({
    camera: id,
    name: z.string().trim().min(1).max(64),
    /** The one to replace; null: a new one. */
    preset: id.nullable().default(null),
  }),
  'remove-camera-preset': z.strictObject({ camera: id, preset: id }),
  'reload-configuration': nothing,
} as const;
