import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { RecentLog } from '../../core/recent-log.js';
import type { Access } from '../access/access.js';
import type { Tally } from '../tally.js';
import { errorBody } from './errors.js';
import { requireRole } from './guard.js';

const LARGEST_PAGE = 1_000;
const level = z.enum(['debug', 'info', 'warn', 'error']);

const asked = z.strictObject({
  level: level.default('info').describe('This loud or louder'),
  text: z.string().min(1).max(200).optional().describe('Part of anything in it'),
  limit: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(200),
});

const answer = z.object({
  lines: z.array(
    z.object({
      atMs: z.number(),
      level,
      part: z.string().nullable().describe('The part of the service that wrote it'),
      message: z.string(),
      details: z.record(z.string(), z.unknown()),
    }),
  ),
});

/** `/api/v1/log`: the latest lines of the service's own log, newest first; for admins. Null where none are kept. */
export function installLog(plain: FastifyInstance, log: RecentLog | null, access: Access, tally: Tally): void {
  if (log === null) return;
  plain.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/log',
    {
      onRequest: requireRole(access, tally, 'admin'),
      config: { rateLimit: { max: 20, timeWindow: 1_000 } },
      schema: {
        operationId: 'readLog',
        summary: "The latest lines of the service's own log, newest first.",
        tags: ['state'],
        querystring: asked,
        response: { 200: answer, 400: errorBody, 401: errorBody, 403: errorBody },
      },
    },
    async ({ query: { text, ...query } }, reply) => {
      const found = log.find({ ...query, text: text ?? null });
      const lines = found.map((line) => ({ ...line, details: { ...line.details } }));
      return reply.header('Cache-Control', 'no-store').send({ lines });
    },
  );
}
