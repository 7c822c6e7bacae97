import http from 'node:http';
import https from 'node:https';
import { withDeadline } from '../../../core/deadline.js';
import type { JsonValue } from 'jsonpath-rfc9535';

/** Why an address gave no document; `reason` is a stable code. */
export class RequestFailure extends Error {
  readonly reason: string;

  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'RequestFailure';
    this.reason = reason;
  }
}

/** What is asked for, and the bounds of waiting and reading. */
export type DocumentRequest = {
  /** http or https, with user name and password where the server wants them. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly deadlineMs: number;
  readonly maximumBytes: number;
  readonly agent: http.Agent;
  readonly signal: AbortSignal;
};

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'unknown-host',
  EAI_AGAIN: 'unknown-host',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'timeout',
};

/** What holds the connections to one address; the owner destroys it. A kept connection may be cut by the server just as it is used again, so none is kept. */
export function createAgent(url: string): http.Agent {
  const options = { keepAlive: false, maxSockets: 1 };
  return new URL(url).protocol === 'https:' ? new https.Agent(options) : new http.Agent(options);
}

/**
 * Fetches a JSON document. Redirects are not followed: a queue system that moves is a matter for the technician, and an
 * answer from somewhere else is not the queue's.
 * @throws RequestFailure `timeout`, `refused`, `unreachable`, `unknown-host`, `broken` (connection or HTTP), `http-status`,
 * `too-large`, `not-json`
 */
export async function fetchJson(request: DocumentRequest): Promise<JsonValue> {
  let body: Buffer;
  let late = request.signal;
  try {
    body = await withDeadline(request.deadlineMs, request.signal, (signal) => {
      late = signal;
      return fetchBody(request, signal);
    });
  } catch (failure) {
    if (failure instanceof RequestFailure) throw failure;
    if (late.aborted && !request.signal.aborted) throw new RequestFailure('timeout', { cause: failure });
    throw new RequestFailure(REASONS[codeOf(failure)] ?? 'broken', { cause: failure });
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as JsonValue;
  } catch (failure) {
    throw new RequestFailure('not-json', { cause: failure });
  }
}

function fetchBody(request: DocumentRequest, signal: AbortSignal): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const { url, agent, maximumBytes } = request;
    const headers = { accept: 'application/json', 'accept-encoding': 'identity', ...request.headers };
    const transport = agent instanceof https.Agent ? https : http;
    const outgoing = transport.get(url, { agent, headers, signal }, (response) => {
      const refuse = (reason: string): void => {
        reject(new RequestFailure(reason));
        outgoing.destroy();
      };
      response.on('error', reject);
      if (response.statusCode !== 200) {
        refuse('http-status');
        return;
      }
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.byteLength;
        if (length > maximumBytes) refuse('too-large');
        else chunks.push(chunk);
      });
      response.on('end', () => resolve(Buffer.concat(chunks)));
      response.on('close', () => reject(new RequestFailure('broken')));
    });
    outgoing.on('error', reject);
  });
}

function codeOf(failure: unknown): string {
  return failure instanceof Error && 'code' in failure && typeof failure.code === 'string' ? failure.code : '';
}
