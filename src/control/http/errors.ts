import type { FastifyReply } from 'fastify';
import type { ErrorParameters } from '../../core/errors.js';

/** Every refusal over HTTP: a stable code, English words, and the values that go into the words. */
export type ErrorBody = { readonly code: string; readonly message: string; readonly parameters: ErrorParameters };

/** Answers with an error. */
export function sendError(
  reply: FastifyReply,
  status: number,
  code: string,
  message: string,
  parameters: ErrorParameters = {},
): FastifyReply {
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .header('Cache-Control', 'no-store')
    .send({
      code,
      message,
      parameters,
    } satisfies ErrorBody);
}
