import { join } from 'node:path';
import type { AppOptions } from './app-options.js';
import { AsRunRecorder } from './as-run/as-run-recorder.js';
import { AuditLog } from './audit/audit-log.js';
import { AuditReader } from './audit/reading/audit-reader.js';
import { AUDIT_FOLDER } from './audit/options.js';
import type { Configuration } from './config/schema.js';
import type { CloseStack } from './core/closing.js';
import type { Engine } from './engine/engine.js';

/** The record of what the wall shows and who decided it. */
export type AsRun = { readonly log: AuditLog; readonly reader: AuditReader; readonly recorder: AsRunRecorder };

/** Begins to record; null where the service keeps nothing. The log is closed after everything that has something to record. */
export function startAsRun(
  { audit, wall }: Configuration,
  engine: Engine,
  { stateDirectory, redactor, log }: AppOptions,
  closing: CloseStack,
): AsRun | null {
  if (stateDirectory === null) return null;
  const directory = join(stateDirectory, AUDIT_FOLDER);
  const { timeZone } = wall;
  const auditLog = closing.add(
    AuditLog.start({ directory, options: audit, timeZone, log: log.child({ part: 'audit' }) }),
  );
  const recorder = closing.add(
    new AsRunRecorder({
      engine,
      record: (event) => auditLog.record(event),
      redact: (text) => redactor.redact(text),
    }),
  );
  const reader = new AuditReader({ directory, settled: () => auditLog.settled() });
  return { log: auditLog, reader, recorder };
}
