import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { GlasshallError, messageOf } from '../../core/errors.js';
import type { Credentials } from '../rtsp-address.js';
import { digestAuthorization } from './http-digest.js';

/** More than any camera answers; what is longer is not an answer. */
const MAXIMUM_ANSWER_BYTES = 2 * 1024 * 1024;

type Answer = { readonly status: number; readonly text: string; readonly challenges: readonly string[] };

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'ended',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENOTFOUND: 'unresolved',
  EAI_AGAIN: 'unresolved',
  ETIMEDOUT: 'timeout',
  ABORT_ERR: 'timeout',
};

/**
 * Posts a SOAP message and returns the answer's text, for status 200. Answers an HTTP digest challenge once.
 * @param signal ends the request; give one with a deadline
 * @throws GlasshallError `refused`, `unauthorised`, `unreachable`, `unresolved`, `timeout`, `ended`, `not-found`,
 *   `unreadable` (too long, cut off, or a fault)
 */
export async function postSoap(
  url: URL,
  message: string,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<string> {
  const path = url.pathname + url.search;
  let answer = await exchange(url, message, null, signal);
  if (answer.status === 401 && credentials.username !== '') {
    for (const challenge of answer.challenges) {
      const authorization = digestAuthorization(challenge, { method: 'POST', path }, credentials);
      if (authorization === null) continue;
      answer = await exchange(url, message, authorization, signal);
      break;
    }
  }
  if (answer.status === 200) return answer.text;
  throw faultOf(answer);
}

function faultOf({ status, text }: Answer): GlasshallError {
  // ONVIF Core, 5.8.2: a device names a refused user in the fault's subcode.
  const isRefusal =
    status === 401 || status === 403 || /NotAuthorized|FailedAuthentication|InvalidSecurityToken/i.test(text);
  if (isRefusal)
    return new GlasshallError('unauthorised', 'the camera does not accept user name and password', { status });
  if (status === 404) return new GlasshallError('not-found', 'there is no ONVIF service at this address', { status });
  return new GlasshallError('unreadable', `the camera answers with status ${status}`, { status });
}

async function exchange(url: URL, message: string, authorization: string | null, signal: AbortSignal): Promise<Answer> {
  try {
    return await send(url, message, authorization, signal);
  } catch (error) {
    if (error instanceof GlasshallError) throw error;
    const systemCode = (error as NodeJS.ErrnoException).code ?? '';
    const code = REASONS[systemCode] ?? 'unreadable';
    throw new GlasshallError(code, `no answer from the camera: ${messageOf(error)}`, {}, { cause: error });
  }
}

function send(url: URL, message: string, authorization: string | null, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options: RequestOptions = {
      method: 'POST',
      signal,
      agent: false,
      headers: {
        'Content-Type': 'application/soap+xml; charset=utf-8',
        'Content-Length': Buffer.byteLength(message),
        ...(authorization === null ? {} : { Authorization: authorization }),
      },
    };
    // Cameras sign their own certificates; the password is never sent in the clear, only digests of it.
    const request =
      url.protocol === 'https:'
        ? httpsRequest(url, { ...options, rejectUnauthorized: false })
        : httpRequest(url, options);
    request.on('error', reject);
    request.on('response', (response) => collect(response, resolve, reject));
    request.end(message);
  });
}

function collect(response: IncomingMessage, resolve: (answer: Answer) => void, reject: (error: unknown) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAXIMUM_ANSWER_BYTES) response.destroy(new GlasshallError('unreadable', 'the answer is too long'));
    else chunks.push(chunk);
  });
  response.on('error', reject);
  response.on('close', () => {
    if (!response.complete) reject(new GlasshallError('ended', 'the answer was cut off'));
  });
  response.on('end', () => {
    const challenges = response.headersDistinct['www-authenticate'] ?? [];
    resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8'), challenges });
  });
}
