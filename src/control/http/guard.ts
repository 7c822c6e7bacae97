import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Access } from '../access/access.js';
import { includesRole } from '../access/people.js';
import type { Role } from '../options.js';
import type { Tally } from '../tally.js';
import { sendError } from './errors.js';

/** A hook that lets only people of at least this role through, by bearer token or session cookie. */
export function requireRole(access: Access, tally: Tally, minimum: Role) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const person = access.identify(request.headers);
    if (person === null) {
      tally.count('http', 'not-identified');
      reply.header('WWW-Authenticate', 'Bearer');
      return sendError(reply, 401, 'not-identified', 'send "Authorization: Bearer TOKEN", or begin a session');
    }
    if (!includesRole(person.role, minimum)) {
      tally.count('http', 'not-allowed');
      const parameters = { role: person.role, needed: minimum };
      return sendError(
        reply,
        403,
        'not-allowed',
        `your role ${person.role} may not do this, it takes ${minimum}`,
        parameters,
      );
    }
    return undefined;
  };
}
