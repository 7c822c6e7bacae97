import { expect } from 'vitest';
import { AsRunRecorder } from '../../src/as-run/as-run-recorder.js';
import type { AuditLog } from '../../src/audit/audit-log.js';
import { auditEntry, type AuditEvent } from '../../src/audit/entry/entry.js';
import type { Caller } from '../../src/control/commands/command.js';
import { CommandDesk } from '../../src/control/commands/desk.js';
import { Redactor } from '../../src/core/secrets.js';
import { AuditFolder } from '../audit/audit-folder.js';
import { FakeEngine } from '../control/fake-engine.js';

export const LI: Caller = { person: { name: '李', role: 'operator' }, via: 'obs', from: '192.168.10.7' };
export const LI_ACTOR = { name: '李', role: 'operator', via: 'obs', from: '192.168.10.7' };

const redactor = new Redactor();
redactor.add('p@ssword');

/** An engine of which everything is recorded, into a log on the disk. */
export class Recording {
  readonly engine = new FakeEngine();
  readonly folder: AuditFolder;
  log: AuditLog;
  recorder: AsRunRecorder;
  desk: CommandDesk;
  /** What came since the last `news`. */
  readonly recorded: AuditEvent[] = [];

  private constructor(folder: AuditFolder) {
    this.folder = folder;
    this.log = folder.open({}, { now: Date.now });
    ({ recorder: this.recorder, desk: this.desk } = this.#start());
  }

  static async start(): Promise<Recording> {
    return new Recording(await AuditFolder.make());
  }

  /** Begins anew, as after a restart of the service. */
  restart(countsEveryMs?: number): void {
    ({ recorder: this.recorder, desk: this.desk } = this.#start(countsEveryMs));
  }

  /** What came since the last call. */
  news(): AuditEvent[] {
    return this.recorded.splice(0);
  }

  kinds(): string[] {
    return this.news().map(({ kind }) => kind);
  }

  /** Ends it; whatever was recorded reads back as what it is. */
  async close(): Promise<void> {
    await this.recorder.close();
    await this.log.close();
    for (const name of await this.folder.files()) {
      for (const line of await this.folder.lines(name)) auditEntry.parse(JSON.parse(line));
    }
    expect(await this.folder.reader.verify()).toMatchObject({ isSound: true });
    await this.folder.remove();
  }

  #start(countsEveryMs?: number): { readonly recorder: AsRunRecorder; readonly desk: CommandDesk } {
    const recorder = new AsRunRecorder({
      engine: this.engine,
      record: (event) => {
        this.recorded.push(event);
        this.log.record(event);
      },
      redact: (text) => redactor.redact(text),
      ...(countsEveryMs === undefined ? {} : { countsEveryMs }),
    });
    return {
      recorder,
      desk: new CommandDesk({ engine: this.engine, onCommand: (command) => recorder.observeCommand(command) }),
    };
  }
}
