import { Counter, Gauge, type Registry } from 'prom-client';
import type { AuditStatus } from '../../audit/audit-log.js';
import type { Tally } from '../tally.js';
import { gauge, total } from './metric.js';

/** Control itself: who is connected, what was refused. */
export function addControl(
  registers: Registry[],
  tally: Tally,
  connections: () => Readonly<Record<string, number>>,
): void {
  new Gauge({
    name: 'glasshall_control_connections',
    help: 'Open WebSocket connections',
    labelNames: ['kind'],
    registers,
    collect() {
      for (const [kind, count] of Object.entries(connections())) this.set({ kind }, count);
    },
  });
  new Counter({
    name: 'glasshall_control_refused_total',
    help: 'Requests, messages and connections that were refused, slowed down or dropped',
    labelNames: ['kind', 'reason'],
    registers,
    collect() {
      this.reset();
      for (const { what, label, count } of tally.entries()) {
        if (label !== 'encoded') this.inc({ kind: what, reason: label }, count);
      }
    },
  });
  total('glasshall_pictures_encoded_total', 'Pictures encoded for control pages', registers, () =>
    tally.countOf('pictures', 'encoded'),
  );
}

/** How the audit log is. */
export function addAudit(registers: Registry[], status: () => AuditStatus): void {
  total('glasshall_audit_entries_total', 'Entries written into the audit log', registers, () => status().written);
  total('glasshall_audit_lost_total', 'Entries of the audit log that found no room', registers, () => status().lost);
  gauge(
    'glasshall_audit_waiting',
    'Entries of the audit log that are not on the disk',
    registers,
    () => status().waiting,
  );
  gauge('glasshall_audit_written', 'Whether the audit log can be written', registers, () =>
    status().problem === null ? 1 : 0,
  );
  gauge(
    'glasshall_audit_sequence',
    'Number of the last entry of the audit log',
    registers,
    () => status().last?.sequence ?? 0,
  );
}
