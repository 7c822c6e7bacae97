import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditLog, type AuditLogOptions } from '../../src/audit/audit-log.js';
import type { AuditEvent } from '../../src/audit/entry/entry.js';
import type { Actor } from '../../src/audit/entry/wall-parts.js';
import { auditOptions, type AuditOptions } from '../../src/audit/options.js';
import { AuditReader } from '../../src/audit/reading/audit-reader.js';
import { silentLogger } from '../../src/core/logger.js';

export const LI: Actor = { name: '李', role: 'operator', via: 'obs', from: '192.168.10.7' };
export const WANG: Actor = { name: '王', role: 'admin', via: 'http', from: '192.168.10.8' };

/** A moment of the day on which the tests play, in the hall's time. */
export function at(time: string, day = '2026-11-03'): number {
  return Date.parse(`${day}T${time}+08:00`);
}

/** A log in a folder of its own, with a clock that tests set. */
export class AuditFolder {
  readonly directory: string;
  readonly reader: AuditReader;
  nowMs = at('09:00:00');

  private constructor(directory: string) {
    this.directory = directory;
    this.reader = new AuditReader({ directory });
  }

  static async make(): Promise<AuditFolder> {
    return new AuditFolder(join(await mkdtemp(join(tmpdir(), 'glasshall-audit-')), 'audit'));
  }

  open(options: Partial<AuditOptions> = {}, rest: Partial<AuditLogOptions> = {}): AuditLog {
    return AuditLog.start({
      directory: this.directory,
      options: { ...auditOptions.parse({}), ...options },
      timeZone: 'Asia/Shanghai',
      log: silentLogger,
      now: () => this.nowMs,
      retry: { firstMs: 20, maximumMs: 50, jitter: 0 },
      ...rest,
    });
  }

  /** Opens the log, records these, and closes it. */
  async keep(...events: readonly AuditEvent[]): Promise<void> {
    const log = this.open();
    for (const event of events) log.record(event);
    await log.close();
  }

  /** Names of everything in the folder, sorted. */
  async names(): Promise<string[]> {
    return (await readdir(this.directory)).sort();
  }

  /** Names of the files of the log, in order. */
  async files(): Promise<string[]> {
    return (await this.names()).filter((name) => name.endsWith('.jsonl'));
  }

  async lines(name: string): Promise<string[]> {
    return (await readFile(join(this.directory, name), 'utf8')).trimEnd().split('\n');
  }

  path(name: string): string {
    return join(this.directory, name);
  }

  async remove(): Promise<void> {
    await rm(join(this.directory, '..'), { recursive: true, force: true });
  }
}

/** A command that was done. */
export function commandDone(command: string, data: Record<string, string | boolean> = {}, actor = LI): AuditEvent {
  return { kind: 'command', actor, command, data, result: 'done', code: null, revision: 7 };
}

/** A layout of two cells went on air. */
export function shownLayout(id: string, sources: readonly string[], actor: Actor | null = LI): AuditEvent {
  return {
    kind: 'shown',
    actor,
    command: actor === null ? null : 'take',
    layout: { id, name: `布局 ${id}` },
    cells: cellsOf(sources),
    transition: { kind: 'cut', fadeMs: 0, prepared: true, tick: 1_000 },
  };
}

export function cellsOf(sources: readonly string[]): Extract<AuditEvent, { kind: 'shown' }>['cells'] {
  return sources.map((source, index) => ({
    cell: `cell-${index + 1}`,
    source,
    name: `镜头 ${source}`,
    x: index * 320,
    y: 0,
    widthPx: 320,
    heightPx: 360,
    z: 0,
  }));
}

export function serviceEvent(event: string): AuditEvent {
  return { kind: 'service', actor: null, event, details: {} };
}

export function tickerText(text: string, actor = LI): AuditEvent {
  return { kind: 'ticker', actor, command: 'set-ticker', text };
}
