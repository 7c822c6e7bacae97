import { isDeepStrictEqual } from 'node:util';
import { GlasshallError } from '../core/errors.js';
import { fullScreenCamera } from '../layout/full-screen.js';
import type { Cell, Layout } from '../layout/layout.js';
import type { Automation, SwitcherCommand, SwitcherState } from './state.js';

/** What commands may name. */
export type Catalogue = {
  readonly layouts: readonly Layout[];
  readonly sources: ReadonlySet<string>;
  /** Ids. */
  readonly tours: ReadonlySet<string>;
  readonly hasSchedule: boolean;
};

const MANUAL: Automation = { mode: 'manual', untilMs: null };

/** Limits of a fade, milliseconds. */
export const FADE_LEAST_MS = 50;
export const FADE_MOST_MS = 20_000;

/** The longest ticker template, in characters. */
export const TICKER_TEXT_LIMIT = 2_000;

/** The state of a wall that starts for the first time: the first layout on air, the second prepared. */
export function initialState(layouts: readonly Layout[], tickerText: string): SwitcherState {
  const [first, ...others] = layouts;
  const second = others.find(({ id }) => fullScreenCamera(id) === null);
  if (first === undefined) throw new RangeError('a wall needs at least one layout');
  return {
    revision: 0,
    studioMode: true,
    program: first.id,
    preview: (second ?? first).id,
    cellSources: {},
    hiddenCells: {},
    tickerText,
    urgentMessage: null,
    transition: 'cut',
    fadeMs: 500,
    blackout: false,
    blackoutReason: null,
    brightness: null,
    freeze: false,
    freezeReason: null,
    automation: MANUAL,
  };
}

/**
 * The state after a command; the same object when the command changes nothing. What `undo` does stands in `switcher.ts`.
 * @throws GlasshallError `unknown-layout`, `unknown-cell`, `unknown-source`, `full-screen-layout`, `unknown-tour`, `no-schedule`,
 * `studio-mode-off`, `text-too-long`
 */
export function reduce(state: SwitcherState, command: Decision, catalogue: Catalogue): SwitcherState {
  return withChanges(state, changesOf(state, command, catalogue));
}

/** The state with these changes and the next revision; the same object when they change nothing. */
export function withChanges(state: SwitcherState, changes: Partial<SwitcherState>): SwitcherState {
  return changedFields(state, { ...state, ...changes }).length > 0
    ? { ...state, ...changes, revision: state.revision + 1 }
    : state;
}

/** Names of what differs between two states, the revision apart. */
export function changedFields(before: SwitcherState, after: SwitcherState): readonly Field[] {
  const fields = Object.keys(before).filter((key): key is Field => key !== 'revision');
  return fields.filter((field) => before[field] !== after[field] && !isDeepStrictEqual(before[field], after[field]));
}

/** Any part of the state that is decided. */
export type Field = Exclude<keyof SwitcherState, 'revision'>;

/** A command that says itself what becomes of the state. */
export type Decision = Exclude<SwitcherCommand, { kind: 'undo' }>;

function changesOf(state: SwitcherState, command: Decision, catalogue: Catalogue): Partial<SwitcherState> {
  switch (command.kind) {
    case 'set-preview':
      requireStudioMode(state);
      return { preview: requireLayout(command.layout, catalogue).id };
    case 'set-program':
      return { program: requireLayout(command.layout, catalogue).id, automation: manual(state) };
    case 'take':
      requireStudioMode(state);
      return { program: state.preview, preview: state.program, automation: manual(state) };
    case 'show-automatically':
      // Somebody chose something else while its pictures were fetched.
      if (state.automation.mode === 'manual') return {};
      return { program: requireLayout(command.layout, catalogue).id };
    case 'set-studio-mode':
      // Studio mode opens with what is on air on both sides, as OBS does.
      return command.enabled === state.studioMode ? {} : { studioMode: command.enabled, preview: state.program };
    case 'set-cell-source':
      return cellSourceChange(state, command, catalogue);
    case 'set-cell-enabled':
      return cellEnabledChange(state, command, catalogue);
    case 'set-ticker':
      if (command.text.length > TICKER_TEXT_LIMIT) {
        throw new GlasshallError('text-too-long', `the ticker text has more than ${TICKER_TEXT_LIMIT} characters`, {
          limit: TICKER_TEXT_LIMIT,
        });
      }
      return { tickerText: command.text };
    case 'show-urgent-message':
      return { urgentMessage: { text: command.text, untilMs: command.untilMs } };
    case 'end-urgent-message':
      return { urgentMessage: null };
    case 'set-transition':
      return { transition: command.transition, fadeMs: limitedFade(command.fadeMs ?? state.fadeMs) };
    case 'set-blackout':
      return { blackout: command.on, blackoutReason: reasonOf(command, state.blackoutReason) };
    case 'set-brightness':
      return { brightness: command.percent };
    case 'set-freeze':
      return { freeze: command.on, freezeReason: reasonOf(command, state.freezeReason) };
    case 'start-tour':
      if (!catalogue.tours.has(command.tour)) {
        throw new GlasshallError('unknown-tour', `no tour is called "${command.tour}"`, { tour: command.tour });
      }
      return { automation: { mode: 'tour', tour: command.tour } };
    case 'hold':
      if (command.untilMs !== null) requireSchedule(catalogue);
      return { automation: { mode: 'manual', untilMs: command.untilMs } };
    case 'follow-schedule':
      requireSchedule(catalogue);
      return { automation: { mode: 'schedule' } };
  }
}

/** Whoever puts something on air has chosen it, for as long as people choose already. */
function manual({ automation }: SwitcherState): Automation {
  return automation.mode === 'manual' ? automation : MANUAL;
}

/** Whoever says nothing leaves the reason that is there; what is over has none. */
function reasonOf(
  { on, reason }: { readonly on: boolean; readonly reason?: string | undefined },
  before: string | null,
): string | null {
  return on ? (reason ?? before) : null;
}

/** Only a change of layout fades: what an operator does inside the layout on air is there at once. */
export function choosesLayout({ kind }: SwitcherCommand): boolean {
  return kind === 'take' || kind === 'set-program' || kind === 'show-automatically';
}

/** Who chooses what is on air, as far as tour and schedule are there; people where they are not. */
export function automationThere(automation: Automation, { tours, hasSchedule }: Catalogue): Automation {
  const needsSchedule = automation.mode === 'schedule' || (automation.mode === 'manual' && automation.untilMs !== null);
  if (needsSchedule) return hasSchedule ? automation : MANUAL;
  return automation.mode !== 'tour' || tours.has(automation.tour) ? automation : MANUAL;
}

/** Shorter is a cut; OBS has the same limits. */
function limitedFade(fadeMs: number): number {
  return Math.min(FADE_MOST_MS, Math.max(FADE_LEAST_MS, Math.round(fadeMs)));
}

function cellSourceChange(
  state: SwitcherState,
  command: Extract<SwitcherCommand, { kind: 'set-cell-source' }>,
  catalogue: Catalogue,
): Partial<SwitcherState> {
  const layout = requireLayout(command.layout, catalogue);
  const cell = requireCell(command.cell, layout);
  if (!catalogue.sources.has(command.source)) {
    throw new GlasshallError('unknown-source', `no source is called "${command.source}"`, { source: command.source });
  }
  // Its name says whom it shows, and the next camera has a layout of its own.
  if (fullScreenCamera(layout.id) !== null) {
    throw new GlasshallError('full-screen-layout', `layout "${layout.id}" shows its own camera alone`, {
      layout: layout.id,
    });
  }
  const current = state.cellSources[layout.id]?.[cell.id] ?? cell.source;
  if (current === command.source) return {};
  const { [cell.id]: _replaced, ...others } = state.cellSources[layout.id] ?? {};
  // What equals the configuration is not kept, so that a later change of the configuration shows.
  const cells = command.source === cell.source ? others : { ...others, [cell.id]: command.source };
  return { cellSources: { ...state.cellSources, [layout.id]: cells } };
}

function cellEnabledChange(
  state: SwitcherState,
  command: Extract<SwitcherCommand, { kind: 'set-cell-enabled' }>,
  catalogue: Catalogue,
): Partial<SwitcherState> {
  const layout = requireLayout(command.layout, catalogue);
  const cell = requireCell(command.cell, layout);
  const hidden = state.hiddenCells[layout.id] ?? [];
  if (hidden.includes(cell.id) === !command.enabled) return {};
  const cells = command.enabled ? hidden.filter((id) => id !== cell.id) : [...hidden, cell.id];
  return { hiddenCells: { ...state.hiddenCells, [layout.id]: cells } };
}

/** The cells of a layout as the state has them: sources replaced, hidden cells left out. Lowest `z` first. */
export function cellsShown(state: SwitcherState, layout: Layout): readonly Cell[] {
  const sources = state.cellSources[layout.id];
  const hidden = state.hiddenCells[layout.id];
  if (sources === undefined && hidden === undefined) return layout.cells;
  return layout.cells
    .filter((cell) => hidden?.includes(cell.id) !== true)
    .map((cell) => ({ ...cell, source: sources?.[cell.id] ?? cell.source }));
}

function requireStudioMode(state: SwitcherState): void {
  if (!state.studioMode) throw new GlasshallError('studio-mode-off', 'there is no preview while studio mode is off');
}

function requireSchedule({ hasSchedule }: Catalogue): void {
  if (!hasSchedule) throw new GlasshallError('no-schedule', 'no schedule is configured');
}

function requireLayout(id: string, catalogue: Catalogue): Layout {
  const layout = catalogue.layouts.find((candidate) => candidate.id === id);
  if (layout === undefined) throw new GlasshallError('unknown-layout', `no layout is called "${id}"`, { layout: id });
  return layout;
}

function requireCell(id: string, layout: Layout): Cell {
  const cell = layout.cells.find((candidate) => candidate.id === id);
  if (cell === undefined) {
    throw new GlasshallError('unknown-cell', `layout "${layout.id}" has no cell "${id}"`, {
      layout: layout.id,
      cell: id,
    });
  }
  return cell;
}
