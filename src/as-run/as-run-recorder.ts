/**
 * The as-run record: listens to the engine and to the desk of commands, and puts into the audit log what the wall showed and who decided
 * it. `wall-picture.ts` and `command-entry.ts` say how that reads there; how it is kept is the audit log's own affair.
 */
import type { AuditEvent } from '../audit/entry/entry.js';
import type { ShownTile } from '../audit/entry/wall-parts.js';
import type { Closable } from '../core/closing.js';
import type { CommandRecord } from '../control/commands/desk.js';
import type { EngineEvents, ServiceStatus, Take, TileStatus, WallEngine } from '../control/engine.js';
import type { Change } from '../switcher/switcher.js';
import type { SwitcherState } from '../switcher/state.js';
import { commandEntry } from './command-entry.js';
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
  readonly #tiles = new Map<string, string>();
  #service: ServiceStatus;
  #isClosed = false;

  constructor(options: AsRunRecorderOptions) {
    this.#options = options;
    const { engine, countsEveryMs = COUNTS_EVERY_MS } = options;
    this.#service = engine.service();
    const { file } = this.#service.configuration;
    this.#recordService('started', { file, wall: engine.wall.name, rehearsal: engine.wall.rehearsal });
    this.#recordSnapshot('started');
    engine.on('state', this.#onState);
    engine.on('taken', this.#onTaken);
    engine.on('tile', this.#onTile);
    engine.on('testPattern', this.#onTestPattern);
    engine.on('service', this.#onService);
    engine.on('reloaded', this.#onReloaded);
    this.#timer = setInterval(() => this.#recordCounts(), countsEveryMs);
  }

  /** Records a command, refused ones included. Never throws. */
  observeCommand(command: CommandRecord): void {
    this.#options.record(commandEntry(command, this.#options.redact));
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
    engine.off('service', this.#onService);
    engine.off('reloaded', this.#onReloaded);
    this.#recordService('stopped');
    return Promise.resolve();
  }

  readonly #onState = (...[next, previous, change]: EngineEvents['state']): void => {
    const { record } = this.#options;
    const cause = causeOf(change);
    // What is on air is recorded with its first frame.
    if (next.program !== previous.program) this.#awaited.set(next.program, cause);
    else if (changesCells(next, previous)) this.#recordCells(cause);
    if (tickerShown(next) !== tickerShown(previous)) record({ kind: 'ticker', ...cause, text: tickerShown(next) });
    if (next.blackout !== previous.blackout) record({ kind: 'blackout', ...cause, on: next.blackout, reason: null });
    if (next.freeze !== previous.freeze) record({ kind: 'freeze', ...cause, on: next.freeze, reason: null });
    if (!isSame(next.automation, previous.automation))
      this.#recordAutomation(next.automation, previous.automation, cause);
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

  readonly #onTestPattern = (...[status]: EngineEvents['testPattern']): void => {
    this.#options.record({ kind: 'test-pattern', actor: null, command: null, ...patternShown(status) });
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

  #recordCells(cause: Cause): void {
    const { engine, record } = this.#options;
    const onAir = cellsOnAir(engine, engine.state().program);
    if (onAir !== null) record({ kind: 'cells', ...cause, ...onAir });
  }

  #recordAutomation(next: SwitcherState['automation'], previous: SwitcherState['automation'], cause: Cause): void {
    const { record } = this.#options;
    const { actor } = cause;
    if (previous.mode === 'tour') record({ kind: 'tour', actor, event: 'ended', details: { tour: previous.tour } });
    switch (next.mode) {
      case 'tour':
        record({ kind: 'tour', actor, event: 'started', details: { tour: next.tour } });
        break;
      case 'schedule':
        record({ kind: 'schedule', actor, event: 'followed', details: {} });
        break;
      case 'manual':
        record({ kind: 'schedule', actor, event: 'held', details: { untilMs: next.untilMs } });
    }
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

function causeOf({ actor, command }: Change): Cause {
  return { actor, command };
}

function changesCells(next: SwitcherState, previous: SwitcherState): boolean {
  const { program } = next;
  return (
    !isSame(next.cellSources[program], previous.cellSources[program]) ||
    !isSame(next.hiddenCells[program], previous.hiddenCells[program])
  );
}

/** A reload brings new objects that say the same. */
function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
