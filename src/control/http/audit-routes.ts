import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { Readable } from 'node:stream';
import { z } from 'zod';
import type { AuditReader } from '../../audit/reading/audit-reader.js';
import type { AuditQuery } from '../../audit/reading/query.js';
import type { Access } from '../access/access.js';
import { Gate } from '../gate.js';
import type { Tally } from '../tally.js';
import { errorBody } from './errors.js';
import { requireRole } from './guard.js';

const LARGEST_PAGE = 1_000;
const word = z.string().min(1).max(200).optional();

/** A moment with its offset from UTC: whose ten o'clock is meant, nobody has to guess. */
const moment = z.iso
  .datetime({ offset: true })
  .describe('ISO 8601 with an offset, such as 2026-11-03T10:00:00+08:00 (the + written %2B in an address)')
  .transform((text) => Date.parse(text));

const filter = z.strictObject({
  from: moment.optional(),
  to: moment.optional().describe('Not included'),
  kind: z
    .string()
    .regex(/^[a-z-]+(,[a-z-]+)*$/)
    .max(400)
    .optional()
    .describe('Kinds of entries, separated by commas, such as shown,command'),
  actor: word.describe('Part of the name of whoever is behind it'),
  text: word.describe('Part of anything in it'),
  camera: word.describe('Camera id'),
  layout: word.describe('Layout id or name'),
});

const pageFilter = filter.extend({
  order: z.enum(['newest-first', 'oldest-first']).default('newest-first'),
  cursor: z.coerce.number().int().min(1).optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(100),
});

/** Entries are told as they stand in the log; `src/audit/entry/entry.ts` lists the kinds. */
const page = z.object({
  entries: z.array(z.looseObject({ sequence: z.int(), atMs: z.int(), kind: z.string(), hash: z.string() })),
  next: z.int().nullable(),
  damaged: z.int().describe('Lines on the way that are not what was written'),
});

const refusals = { 400: errorBody, 401: errorBody, 403: errorBody };
const told = z.looseObject({});

/** `/api/v1/audit`: who did what and what the wall showed; for admins. Null where the service keeps nothing. */
export function installAudit(plain: FastifyInstance, reader: AuditReader | null, access: Access, tally: Tally): void {
  if (reader === null) return;
  const server = plain.withTypeProvider<ZodTypeProvider>();
  const onRequest = requireRole(access, tally, 'admin');
  // Reading a year takes its time: one after the other, and what is more comes again.
  const gate = new Gate(1, 8);
  const describe = (operationId: string, summary: string) => ({ operationId, summary, tags: ['audit'] });

  server.get(
    '/api/v1/audit',
    {
      onRequest,
      config: { rateLimit: { max: 20, timeWindow: 1_000 } },
      schema: {
        ...describe('searchAudit', 'Entries of the audit log, page by page.'),
        querystring: pageFilter,
        response: { 200: page, ...refusals },
      },
    },
    async (request, reply) => {
      const { order, cursor = null, limit, ...asked } = request.query;
      const found = await gate.run(() => reader.search(queryOf(asked), { order, cursor, limit }));
      return reply.header('Cache-Control', 'no-store').send({ ...found, entries: [...found.entries] });
    },
  );

  server.get(
    '/api/v1/audit/at',
    {
      onRequest,
      config: { rateLimit: { max: 20, timeWindow: 1_000 } },
      schema: {
        ...describe('shownAt', 'What was on the wall at a moment, and who decided it.'),
        querystring: z.strictObject({ time: moment }),
        response: { 200: told, ...refusals },
      },
    },
    async (request, reply) => {
      const shown = await gate.run(() => reader.shownAt(request.query.time));
      return reply.header('Cache-Control', 'no-store').send({ ...shown });
    },
  );

  server.get(
    '/api/v1/audit/verify',
    {
      onRequest,
      config: { rateLimit: { max: 5, timeWindow: 10_000 } },
      schema: {
        ...describe('verifyAudit', 'Checks every byte of the audit log, and names what is not what was written.'),
        response: { 200: told, 401: errorBody, 403: errorBody },
      },
    },
    async (_request, reply) => {
      const verification = await gate.run(() => reader.verify());
      return reply.header('Cache-Control', 'no-store').send({ ...verification });
    },
  );

  server.get(
    '/api/v1/audit/export',
    {
      onRequest,
      config: { rateLimit: { max: 5, timeWindow: 10_000 } },
      schema: {
        ...describe('exportAudit', 'All entries that are looked for, as CSV for spreadsheets or as lines of JSON.'),
        querystring: filter.extend({ format: z.enum(['csv', 'json']).default('csv') }),
      },
    },
    (request, reply) => {
      const { format, ...asked } = request.query;
      return sendExport(reply, reader, queryOf(asked), format);
    },
  );
}

/** Sent as fast as the client takes it. */
function sendExport(reply: FastifyReply, reader: AuditReader, query: AuditQuery, format: 'csv' | 'json'): FastifyReply {
  const { mediaType, ending } = reader.exportType(format);
  return reply
    .type(mediaType)
    .headers({ 'Cache-Control': 'no-store', 'Content-Disposition': `attachment; filename="audit.${ending}"` })
    .send(Readable.from(reader.export(query, format), { objectMode: false }));
}

function queryOf({ from, to, kind, actor, text, camera, layout }: z.output<typeof filter>): AuditQuery {
  return {
    fromMs: from ?? null,
    toMs: to ?? null,
    kinds: kind?.split(',') ?? null,
    actor: actor ?? null,
    text: text ?? null,
    camera: camera ?? null,
    layout: layout ?? null,
  };
}
