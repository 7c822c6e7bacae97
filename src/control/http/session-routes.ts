import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Access } from '../access/access.js';
import { LOCAL_PERSON, type Person } from '../access/people.js';
import type { WallInformation } from '../engine.js';
import type { Role } from '../options.js';
import type { Tally } from '../tally.js';
import { sendError } from './errors.js';
import { sendTooManyAttempts } from './guard.js';

/** What a page needs to know before it connects. */
export type SessionInformation = {
  /** Whether operators are configured, i.e. whether people have to say who they are. */
  readonly tokenNeeded: boolean;
  /** Who asks; null when that is not known yet. */
  readonly person: { readonly name: string; readonly role: Role } | null;
  readonly obsPath: '/obs';
  readonly picturesPath: '/pictures';
  /** The port of obs-websocket for other clients. */
  readonly obsPort: number;
  readonly wall: WallInformation;
};

const credentials = z.strictObject({ token: z.string().min(1).max(1_024) });

/**
 * `/api/v1/session`: who am I (GET), here is my token (POST), forget me (DELETE). The cookie that a POST gives opens
 * `/obs` without a challenge, `/pictures` and the rest of `/api/v1`, so a page need not keep the token.
 */
export function installSession(
  server: FastifyInstance,
  access: Access,
  tally: Tally,
  describe: () => { readonly obsPort: number; readonly wall: WallInformation },
): void {
  const information = (person: Person | null): SessionInformation => ({
    tokenNeeded: access.people.tokenNeeded,
    person,
    obsPath: '/obs',
    picturesPath: '/pictures',
    ...describe(),
  });
  const path = '/api/v1/session';

  server.get(path, (request: FastifyRequest, reply) => {
    const identification = access.identify(request.raw);
    const person = identification.kind === 'known' ? identification.identity.person : null;
    return reply.header('Cache-Control', 'no-store').send(information(person));
  });

  // Guessing is slowed down by `access`; this is what asking at all may cost.
  server.post(path, { config: { rateLimit: { max: 100, timeWindow: 10_000 } } }, (request, reply) => {
    const checked = credentials.safeParse(request.body);
    if (!checked.success) return sendError(reply, 400, 'bad-request', 'send {"token": "…"}');
    reply.header('Cache-Control', 'no-store');
    if (!access.people.tokenNeeded) return reply.send(information(LOCAL_PERSON));
    const address = request.raw.socket.remoteAddress ?? '';
    const identification = access.checkToken(checked.data.token, 'page', address);
    switch (identification.kind) {
      case 'waiting':
        return sendTooManyAttempts(reply, tally, identification.waitMs);
      case 'nobody':
        tally.count('http', 'wrong-token');
        return sendError(reply, 401, 'wrong-token', 'nobody has this token');
      case 'known': {
        const { person } = identification.identity;
        return reply.header('Set-Cookie', access.beginSession(person, address)).send(information(person));
      }
    }
  });

  server.delete(path, (request, reply) =>
    reply.code(204).header('Set-Cookie', access.endSession(request.headers.cookie)).send(),
  );
}
