/**
 * The as-run record: listens to the engine, to the desk of commands and to the door, and puts into the audit log what the wall showed and who decided
 * it. `wall-picture.ts`, `command-entry.ts` and `visit-entry.ts` say how that reads there; how it is kept is the audit log's own affair.
 */
import { isDeepStrictEqual } from 'node:util';
import type { AuditEvent } from '../audit/entry/entry.js';
import type { ShownTile } from '../audit/entry/wall-parts.js';
import type { Closable } from '../core/closing.js';
import type { VisitRecord } from '../control/access/visitor-book.js';
import type { CommandRecord } from '../control/commands/desk.js';
import type { BrightnessReport, EngineEvents, ServiceStatus, Take, TileStatus, WallEngine } from '../control/engine.js';
import type { Actor } from '../switcher/actor.js';
import type { Field } from '../switcher/reduce.js';
import type { Automation, SwitcherState } from '../switcher/state.js';
import { commandEntry } from './command-entry.js';
import { visitEntry } from './visit-entry.js';
import {
  cellsOnAir,
  countsShown,
  patternShown,
  tickerShown,
  tileShown,
  wallPicture,
  type Cause,
} from './wall-picture.js';

/** Also the sign of life by which a reader knows that the service ran. */
const COUNTS_EVERY_MS = 60_000;
/** Light that moves all day is told of so often at most. */
const BRIGHTNESS_EVERY_MS = 60_000;

export type AsRunRecorderOptions = {
  readonly engine: WallEngine;
  readonly record: (event: AuditEvent) => void;
  /** Takes secrets out of a text. */
  readonly redact: (text: string) => string;
  readonly countsEveryMs?: number;
};

/** Records from the moment it is made until it is closed. */
export class AsRunRecorder implements Closable {
  readonly #options: AsRunRecorderOptions;
  readonly #timer: NodeJS.Timeout;
  /** Who decided to show a layout whose first frame has not been composed yet. */
  readonly #awaited = new Map<string, Cause>();
  /** What came of commands that the desk has not told of yet, by the very actor of the command. */
  readonly #held = new Map<Actor, readonly AuditEvent[]>();
  readonly #tiles = new Map<string, string>();
  /** The brightness that was recorded last, and who wanted the one that comes. */
  #brightness: { readonly percent: number; readonly atMs: number };
  #wished: Cause | null = null;
  #service: ServiceStatus;
  #isClosed = false;

  constructor(options: AsRunRecorderOptions) {
    this.#options = options;
    const { engine, countsEveryMs = COUNTS_EVERY_MS } = options;
    this.#service = engine.service();
    this.#brightness = { percent: Math.round(engine.brightness().percent), atMs: Date.now() };
    const { file } = this.#service.configuration;
    this.#recordService('started', { file, wall: engine.wall.name, rehearsal: engine.wall.rehearsal });
    this.#recordSnapshot('started');
    engine.on('state', this.#onState);
    engine.on('taken', this.#onTaken);
    engine.on('tile', this.#onTile);
    engine.on('testPattern', this.#onTestPattern);
    engine.on('brightness', this.#onBrightness);
    engine.on('service', this.#onService);
    engine.on('reloaded', this.#onReloaded);
    this.#timer = setInterval(() => this.#recordCounts(), countsEveryMs);
  }

  /** Records a command, refused ones included. Never throws. */
  observeCommand(command: CommandRecord): void {
    this.#options.record(commandEntry(command, this.#options.redact));
    this.#release(command.actor);
  }

  /** Records who came in, left, or was refused. Never throws. */
  observeVisit(visit: VisitRecord): void {
    this.#options.record(visitEntry(visit));
  }

  close(): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    this.#isClosed = true;
    clearInterval(this.#timer);
    const { engine } = this.#options;
    engine.off('state', this.#onState);
    engine.off('taken', this.#onTaken);
    engine.off('tile', this.#onTile);
    engine.off('testPattern', this.#onTestPattern);
    engine.off('brightness', this.#onBrightness);
    engine.off('service', this.#onService);
    engine.off('reloaded', this.#onReloaded);
    for (const actor of this.#held.keys()) this.#release(actor);
    this.#recordService('stopped');
    return Promise.resolve();
  }

  readonly #onState = (...[next, previous, change]: EngineEvents['state']): void => {
    const { actor, command, fields } = change;
    const cause = { actor, command };
    const hasChanged = (...those: readonly Field[]): boolean => those.some((field) => fields.includes(field));
    const effects: AuditEvent[] = [];
    // What is on air is recorded with its first frame.
    if (hasChanged('program')) this.#awaited.set(next.program, cause);
    else if (hasChanged('cellSources', 'hiddenCells') && changesCells(next, previous)) {
      const onAir = cellsOnAir(this.#options.engine, next.program);
      if (onAir !== null) effects.push({ kind: 'cells', ...cause, ...onAir });
    }
    if (tickerShown(next) !== tickerShown(previous))
      effects.push({ kind: 'ticker', ...cause, text: tickerShown(next) });
    if (hasChanged('blackout', 'blackoutReason'))
      effects.push({ kind: 'blackout', ...cause, on: next.blackout, reason: next.blackoutReason });
    if (hasChanged('freeze', 'freezeReason'))
      effects.push({ kind: 'freeze', ...cause, on: next.freeze, reason: next.freezeReason });
    // Recorded when the wall has come to it.
    if (hasChanged('brightness')) this.#wished = cause;
    if (hasChanged('automation')) effects.push(...automationChange(next.automation, previous.automation, actor));
    this.#recordEffects(actor, effects);
  };

  readonly #onTaken = ({ to, kind, tick, fadeMs }: Take): void => {
    const onAir = cellsOnAir(this.#options.engine, to);
    if (onAir === null) return;
    const cause = this.#awaited.get(to) ?? { actor: null, command: null };
    this.#awaited.delete(to);
    const transition = { kind: fadeMs > 0 ? 'fade' : 'cut', fadeMs, prepared: kind === 'prepared', tick };
    this.#options.record({ kind: 'shown', ...cause, ...onAir, transition });
  };

  readonly #onTile = (status: TileStatus): void => {
    const tile = tileShown(status);
    if (!this.#isNews(tile)) return;
    this.#options.record({ kind: 'tile', actor: null, ...tile });
  };

  readonly #onTestPattern = (...[status, actor]: EngineEvents['testPattern']): void => {
    const command = actor === null ? null : status === null ? 'stop-test-pattern' : 'show-test-pattern';
    this.#recordEffects(actor, [{ kind: 'test-pattern', actor, command, ...patternShown(status) }]);
  };

  readonly #onBrightness = ({ percent: exactly, isRamping }: BrightnessReport): void => {
    const percent = Math.round(exactly);
    const atMs = Date.now();
    if (isRamping && Math.abs(atMs - this.#brightness.atMs) < BRIGHTNESS_EVERY_MS) return;
    const cause = this.#wished ?? { actor: null, command: null };
    if (!isRamping) this.#wished = null;
    if (percent === this.#brightness.percent) return;
    this.#brightness = { percent, atMs };
    this.#options.record({ kind: 'brightness', ...cause, percent });
  };

  readonly #onService = (next: ServiceStatus): void => {
    const { configuration, state, guardian } = this.#service;
    this.#service = next;
    const { file, problems } = next.configuration;
    if (next.configuration.loadedAtMs !== configuration.loadedAtMs) {
      this.#recordService('configuration-loaded', { file });
    } else if (next.configuration.state === 'invalid' && next.configuration !== configuration) {
      const places = problems.map(({ code, path, line }) => ({ code, path, line }));
      this.#recordService('configuration-refused', { file, problems: places });
    } else if (next.configuration.state !== configuration.state) {
      this.#recordService(`configuration-${next.configuration.state}`, { file });
    }
    if (next.state.isSaved !== state.isSaved) {
      this.#recordService(next.state.isSaved ? 'state-saved' : 'state-not-saved', { problem: next.state.problem });
    }
    if (next.guardian !== guardian) this.#recordService(next.guardian ? 'guardian-back' : 'guardian-gone');
  };

  /** Names, places and sources may be others without anybody having decided anything. */
  readonly #onReloaded = (): void => this.#recordSnapshot('reloaded');

  /**
   * A person's decision takes effect a moment before the desk tells of the command: its entry comes first all the same, as
   * whoever reads expects. What nobody tells of is recorded at the next turn.
   */
  #recordEffects(actor: Actor | null, effects: readonly AuditEvent[]): void {
    if (actor === null || actor.role === 'system') {
      for (const effect of effects) this.#options.record(effect);
    } else if (effects.length > 0) {
      this.#held.set(actor, [...(this.#held.get(actor) ?? []), ...effects]);
      setImmediate(() => this.#release(actor));
    }
  }

  #release(actor: Actor): void {
    const effects = this.#held.get(actor) ?? [];
    this.#held.delete(actor);
    for (const effect of effects) this.#options.record(effect);
  }

  #recordService(event: string, details: Record<string, unknown> = {}): void {
    this.#options.record({ kind: 'service', actor: null, event, details });
  }

  #recordSnapshot(reason: string): void {
    const { engine, record } = this.#options;
    const wall = wallPicture(engine, Date.now());
    for (const status of engine.tiles()) this.#isNews(tileShown(status));
    record({ kind: 'snapshot', actor: null, reason, wall });
  }

  #recordCounts(): void {
    const { engine, record } = this.#options;
    record({ kind: 'counts', actor: null, counts: countsShown(engine, Date.now()) });
  }

  /** Whether a tile is another than it was; most of what is told of tiles is how often they are tried. */
  #isNews(tile: ShownTile): boolean {
    const told = JSON.stringify(tile);
    if (this.#tiles.get(tile.camera) === told) return false;
    this.#tiles.set(tile.camera, told);
    return true;
  }
}

/** Whether those of the layout on air are others. */
function changesCells(next: SwitcherState, previous: SwitcherState): boolean {
  const { program } = next;
  return (
    !isDeepStrictEqual(next.cellSources[program], previous.cellSources[program]) ||
    !isDeepStrictEqual(next.hiddenCells[program], previous.hiddenCells[program])
  );
}

/** Tour and schedule that began and ended to choose. */
function automationChange(next: Automation, previous: Automation, actor: Actor): AuditEvent[] {
  const ended: AuditEvent[] =
    previous.mode === 'tour' ? [{ kind: 'tour', actor, event: 'ended', details: { tour: previous.tour } }] : [];
  switch (next.mode) {
    case 'tour':
      return [...ended, { kind: 'tour', actor, event: 'started', details: { tour: next.tour } }];
    case 'schedule':
      return [...ended, { kind: 'schedule', actor, event: 'followed', details: {} }];
    case 'manual':
      return [...ended, { kind: 'schedule', actor, event: 'held', details: { untilMs: next.untilMs } }];
  }
}
