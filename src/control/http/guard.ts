import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Access } from '../access/access.js';
import { includesRole } from '../access/people.js';
import type { Role } from '../options.js';
import type { Tally } from '../tally.js';
import { sendError } from './errors.js';

/** Answers somebody who has sent too many wrong tokens; `Retry-After` says in whole seconds when the next is looked at. */
export function sendTooManyAttempts(reply: FastifyReply, tally: Tally, waitMs: number): FastifyReply {
  tally.count('http', 'too-many-attempts');
  const seconds = Math.ceil(waitMs / 1_000);
  reply.header('Retry-After', String(seconds));
  const words = `too many wrong tokens came from your address, try again in ${seconds} s`;
  return sendError(reply, 429, 'too-many-attempts', words, { seconds });
}

/** A hook that lets only people of at least this role through, by bearer token or session cookie. */
export function requireRole(access: Access, tally: Tally, minimum: Role) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const identification = access.identify(request.raw);
    if (identification.kind === 'waiting') return sendTooManyAttempts(reply, tally, identification.waitMs);
    if (identification.kind === 'nobody') {
      tally.count('http', 'not-identified');
      reply.header('WWW-Authenticate', 'Bearer');
      return sendError(reply, 401, 'not-identified', 'send "Authorization: Bearer TOKEN", or begin a session');
    }
    const { person } = identification.identity;
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
