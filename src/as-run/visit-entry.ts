import type { AuditEvent } from '../audit/entry/entry.js';
import type { VisitRecord } from '../control/access/visitor-book.js';

/** The entry of somebody who came in, left, or was refused. */
export function visitEntry({
  atMs,
  kind,
  person,
  entrance: via,
  from,
  reason,
  count,
  untilMs,
}: VisitRecord): AuditEvent {
  const actor = person === null ? null : { name: person.name, role: person.role, via, from };
  const entry = { atMs, actor, via, from, reason, count };
  return kind === 'lockout' ? { ...entry, kind, untilMs: untilMs ?? null } : { ...entry, kind };
}
