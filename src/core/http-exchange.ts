import http from 'node:http';
import https from 'node:https';

/**
 * An exchange that did not end well: `no-connection`, `no-answer` (no whole answer before the signal), `too-large`, or
 * `truncated` (the connection ended in the middle of the answer).
 */
export class HttpExchangeFailure extends Error {
  readonly reason: 'no-connection' | 'no-answer' | 'too-large' | 'truncated';

  constructor(reason: HttpExchangeFailure['reason'], options?: ErrorOptions) {
    super(reason, options);
    this.name = 'HttpExchangeFailure';
    this.reason = reason;
  }
}

/** What is asked, and the bounds of waiting and reading. */
export type HttpRequest = {
  /** http or https. */
  readonly url: string;
  readonly method?: 'GET' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly maximumBytes: number;
  readonly agent: http.Agent;
  /** Ends the exchange. */
  readonly signal: AbortSignal;
  /** Whether the body of an answer with that status is read; every one is, where nothing is said. */
  readonly readsBodyOf?: (status: number) => boolean;
};

/** What holds the connections to one address; the owner destroys it. A kept connection may be cut by the server just as it is used again, so none is kept. */
export function createHttpAgent(url: string): http.Agent {
  const options = { keepAlive: false, maxSockets: 1 };
  return new URL(url).protocol === 'https:' ? new https.Agent(options) : new http.Agent(options);
}

/**
 * One request and its answer. Redirects are not followed.
 * @returns the status, and the body as far as it is read
 * @throws HttpExchangeFailure, Error of the system or of the HTTP parser
 */
export function exchangeHttp(request: HttpRequest): Promise<{ readonly status: number; readonly body: Buffer }> {
  const { url, method = 'GET', headers = {}, body, maximumBytes, agent, signal } = request;
  return new Promise((resolve, reject) => {
    let isConnected = false;
    const transport = agent instanceof https.Agent ? https : http;
    const all = {
      'accept-encoding': 'identity',
      ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
      ...headers,
    };
    const fail = (failure: Error): void => {
      if (signal.aborted) {
        reject(new HttpExchangeFailure(isConnected ? 'no-answer' : 'no-connection', { cause: failure }));
      } else reject(failure);
    };
    const outgoing = transport.request(url, { method, agent, headers: all, signal }, (response) => {
      const status = response.statusCode ?? 0;
      response.on('error', (failure) => fail(new HttpExchangeFailure('truncated', { cause: failure })));
      if (request.readsBodyOf?.(status) === false) {
        resolve({ status, body: Buffer.alloc(0) });
        outgoing.destroy();
        return;
      }
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.byteLength;
        if (length <= maximumBytes) chunks.push(chunk);
        else {
          reject(new HttpExchangeFailure('too-large'));
          outgoing.destroy();
        }
      });
      response.on('end', () => resolve({ status, body: Buffer.concat(chunks) }));
      response.on('close', () => fail(new HttpExchangeFailure('truncated')));
    });
    outgoing.on('socket', (socket) => socket.once('connect', () => (isConnected = true)));
    outgoing.on('error', fail);
    outgoing.end(body);
  });
}
