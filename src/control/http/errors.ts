import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { ErrorParameters } from '../../core/errors.js';

/** Every refusal over HTTP: a stable code, English words, and the values that go into the words. */
export const errorBody = z.object({
  code: z.string().describe('Stable'),
  message: z.string(),
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

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
    .send({ code, message, parameters: { ...parameters } } satisfies z.output<typeof errorBody>);
}
