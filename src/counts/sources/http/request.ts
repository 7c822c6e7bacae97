import type { Agent } from 'node:http';
import { withDeadline } from '../../../core/deadline.js';
import { exchangeHttp, HttpExchangeFailure } from '../../../core/http-exchange.js';
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
  readonly agent: Agent;
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

/**
 * Fetches a JSON document. Redirects are not followed: a queue system that moves is a matter for the technician, and an
 * answer from somewhere else is not the queue's.
 * @throws RequestFailure `timeout`, `refused`, `unreachable`, `unknown-host`, `broken` (connection or HTTP), `http-status`,
 * `too-large`, `not-json`
 */
export async function fetchJson(request: DocumentRequest): Promise<JsonValue> {
  const { url, agent, maximumBytes, deadlineMs } = request;
  const headers = { accept: 'application/json', ...request.headers };
  let late = request.signal;
  let answer: { readonly status: number; readonly body: Buffer };
  try {
    answer = await withDeadline(deadlineMs, request.signal, (signal) => {
      late = signal;
      return exchangeHttp({ url, agent, headers, maximumBytes, signal, readsBodyOf: (status) => status === 200 });
    });
  } catch (failure) {
    if (late.aborted && !request.signal.aborted) throw new RequestFailure('timeout', { cause: failure });
    throw new RequestFailure(reasonFor(failure), { cause: failure });
  }
  if (answer.status !== 200) throw new RequestFailure('http-status');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(answer.body)) as JsonValue;
  } catch (failure) {
    throw new RequestFailure('not-json', { cause: failure });
  }
}

function reasonFor(failure: unknown): string {
  if (failure instanceof HttpExchangeFailure && failure.reason === 'too-large') return 'too-large';
  const code = failure instanceof Error && 'code' in failure && typeof failure.code === 'string' ? failure.code : '';
  return REASONS[code] ?? 'broken';
}
