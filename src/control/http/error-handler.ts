import type { FastifyError, FastifyInstance } from 'fastify';
import { GlasshallError, messageOf } from '../../core/errors.js';
import type { Logger } from '../../core/logger.js';
import type { Tally } from '../tally.js';
import { sendError } from './errors.js';

/** Codes that begin with `unknown-` are 404. */
const statusOfCode: Readonly<Record<string, number>> = {
  'bad-command': 400,
  'not-allowed': 403,
  conflict: 409,
  'studio-mode-off': 409,
  'nothing-to-undo': 409,
  'confirmation-needed': 409,
  'bad-template': 422,
  'text-too-long': 422,
  'above-ceiling': 422,
  'no-description': 404,
  'not-pushable': 409,
  'no-light-sensor': 409,
  'bad-lux': 422,
  'bad-count': 422,
  'no-ptz': 409,
  'ptz-failed': 502,
  'no-picture': 503,
  'not-describable': 503,
  busy: 503,
  'bad-layout': 422,
  'layout-in-use': 409,
  'layout-not-editable': 409,
  'bad-tour': 422,
  'bad-schedule': 422,
  'tour-in-use': 409,
  'tour-not-editable': 409,
  'schedule-not-editable': 409,
  'configuration-changed': 409,
  'configuration-invalid': 409,
  'configuration-read-only': 409,
  'configuration-mounted': 409,
  'configuration-not-written': 503,
  'draft-changed': 409,
  'too-many-drafts': 409,
  'draft-too-large': 413,
  'draft-not-kept': 503,
};

const codeOfStatus: Readonly<Record<number, string>> = {
  400: 'bad-request',
  403: 'forbidden',
  404: 'not-found',
  413: 'too-large',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
};

/** Makes every error of the server one shape, without a stack trace; what is our own fault is logged. */
export function installErrorHandler(server: FastifyInstance, log: Logger, tally: Tally): void {
  server.setNotFoundHandler((request, reply) => {
    tally.count('http', 'not-found');
    const [path = ''] = request.url.split('?');
    return sendError(reply, 404, 'not-found', 'there is nothing at this address', { path });
  });

  server.setErrorHandler((thrown: FastifyError | GlasshallError, _request, reply) => {
    if (thrown instanceof GlasshallError) {
      const status = statusOfCode[thrown.code] ?? (thrown.code.startsWith('unknown-') ? 404 : 500);
      tally.count('http', thrown.code);
      return sendError(reply, status, thrown.code, thrown.message, thrown.parameters);
    }
    const status = thrown.statusCode ?? 500;
    if (status < 500) {
      const code = codeOfStatus[status] ?? 'bad-request';
      tally.count('http', code);
      return sendError(reply, status, code, thrown.message);
    }
    tally.count('http', 'failed');
    log.error({ error: messageOf(thrown) }, 'a request could not be answered');
    return sendError(reply, 500, 'failed', 'the request could not be answered');
  });
}
