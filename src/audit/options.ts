import { z } from 'zod';

/** Folder of the audit log in the folder of the service's state. */
export const AUDIT_FOLDER = 'audit';

/** How long the audit log is kept, and in what pieces. */
export const auditOptions = z.strictObject({
  retentionDays: z
    .int()
    .min(1)
    .max(36_500)
    .default(400)
    .describe('Files of earlier days are deleted, which is an entry itself; 400 days answer a question a year later'),
  maximumFileSizeMB: z
    .number()
    .min(1)
    .max(1_024)
    .default(16)
    .describe('A file of the log that would grow beyond this is followed by the next; every day begins one, too'),
});

/** Options of the audit log, with defaults filled in. */
export type AuditOptions = z.output<typeof auditOptions>;
