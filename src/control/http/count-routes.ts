import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Access } from '../access/access.js';
import type { WallEngine } from '../engine.js';
import type { Tally } from '../tally.js';
import { sendError } from './errors.js';
import { requireRole } from './guard.js';

const MAXIMUM_BODY_BYTES = 65_536;

/** What a queue system pushes: names of fields and what they say now. */
export const pushedCounts = z
  .record(z.string().min(1).max(64), z.union([z.number(), z.string().max(64)]))
  .refine((values) => Object.keys(values).length <= 64, 'at most 64 fields');

/** `PUT /api/v1/counts/ID`. */
export function installCounts(server: FastifyInstance, engine: WallEngine, access: Access, tally: Tally): void {
  server.put<{ Params: { id: string } }>(
    '/api/v1/counts/:id',
    {
      bodyLimit: MAXIMUM_BODY_BYTES,
      onRequest: requireRole(access, tally, 'operator'),
      config: { rateLimit: { max: 50, timeWindow: 1_000 } },
    },
    (request, reply) => {
      const checked = pushedCounts.safeParse(request.body);
      if (!checked.success) {
        tally.count('http', 'bad-counts');
        const issue = checked.error.issues[0];
        const field = issue?.path.join('.') ?? '';
        const words = field === '' ? 'send one JSON object' : `field ${field} is neither a number nor a short text`;
        return sendError(reply, 400, 'bad-counts', words, { field });
      }
      engine.pushCounts(request.params.id, checked.data);
      return reply.code(204).send();
    },
  );
}
