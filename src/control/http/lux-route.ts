import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Access } from '../access/access.js';
import type { WallEngine } from '../engine.js';
import type { Tally } from '../tally.js';
import { sendError } from './errors.js';
import { requireRole } from './guard.js';

const MAXIMUM_BODY_BYTES = 1_024;

/** What a light sensor pushes. */
export const pushedLux = z.strictObject({ lux: z.number() });

/** `PUT /api/v1/lux`. */
export function installLux(server: FastifyInstance, engine: WallEngine, access: Access, tally: Tally): void {
  server.put(
    '/api/v1/lux',
    {
      bodyLimit: MAXIMUM_BODY_BYTES,
      onRequest: requireRole(access, tally, 'operator'),
      config: { rateLimit: { max: 10, timeWindow: 1_000 } },
      schema: {
        operationId: 'putLux',
        summary: 'A sensor says how much light falls on the place: { "lux": 1200 }.',
        tags: ['state'],
      },
    },
    (request, reply) => {
      const checked = pushedLux.safeParse(request.body);
      if (!checked.success) {
        tally.count('http', 'bad-lux');
        return sendError(reply, 400, 'bad-lux', 'send one JSON object such as { "lux": 1200 }');
      }
      engine.observeLux(checked.data.lux);
      return reply.code(204).send();
    },
  );
}
