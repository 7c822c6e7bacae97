import type { FastifyInstance } from 'fastify';
import type { Access } from '../access/access.js';
import type { WallEngine } from '../engine.js';
import type { Tally } from '../tally.js';
import { requireRole } from './guard.js';

/** `GET /api/v1/outputs/ID.sdp`: what a receiver of uncompressed video must be told (RFC 4566). */
export function installOutputs(server: FastifyInstance, engine: WallEngine, access: Access, tally: Tally): void {
  server.get<{ Params: { output: string } }>(
    '/api/v1/outputs/:output.sdp',
    {
      onRequest: requireRole(access, tally, 'viewer'),
      // Each one looks up a name.
      config: { rateLimit: { max: 20, timeWindow: 1_000 } },
    },
    async (request, reply) =>
      reply
        .type('application/sdp')
        .header('Cache-Control', 'no-store')
        .send(await engine.describeOutput(request.params.output)),
  );
}
