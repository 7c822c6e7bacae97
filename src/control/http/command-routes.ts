import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Access } from '../access/access.js';
import type { CommandDesk } from '../commands/desk.js';
import { commandNames, definitionOf } from '../commands/registry.js';
import type { Tally } from '../tally.js';
import { errorBody } from './errors.js';
import { requireRole } from './guard.js';

const decided = z.object({ revision: z.int() }).describe("Of the wall's state after the command");
const ifRevision = z
  .int()
  .optional()
  .describe('The revision that the caller saw; refused with 409 when the wall has another by now');

/** `POST /api/v1/commands/NAME`: every command of the desk, with its data as a JSON object. */
export function installCommands(server: FastifyInstance, desk: CommandDesk, access: Access, tally: Tally): void {
  for (const name of commandNames) {
    const { schema, summary } = definitionOf(name);
    server.post(
      `/api/v1/commands/${name}`,
      {
        onRequest: requireRole(access, tally, 'viewer'),
        config: { rateLimit: { max: 200, timeWindow: 1_000 } },
        // The desk checks the data itself, whoever gives it, and tells of what it refuses.
        attachValidation: true,
        schema: {
          operationId: name,
          summary,
          tags: ['commands'],
          body: schema.extend({ ifRevision }),
          response: { 200: decided, 400: errorBody, 401: errorBody, 403: errorBody, 404: errorBody, 409: errorBody },
        },
      },
      async (request) => {
        const person = access.identify(request.headers);
        // Sessions can end between the hook and here.
        if (person === null) throw new Error('nobody is at the controls');
        const body = request.body ?? {};
        const { ifRevision: seen, ...data } = isFields(body) ? body : { body };
        const isRevision = typeof seen === 'number' && Number.isInteger(seen);
        const given = isRevision || seen === undefined ? data : { ...data, ifRevision: seen };
        const caller = { person, via: 'http', from: request.ip } as const;
        return { revision: await desk.give(name, given, caller, isRevision ? seen : undefined) };
      },
    );
  }
}

function isFields(body: unknown): body is Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}
