/** A request that was not carried out. */
export class RequestError extends Error {
  /** Stable: a code of ours (`unknown-source`, …), `connection-lost`, `no-answer`, or `status-604` for a plain status. */
  readonly code: string;
  /** The status code of obs-websocket, 0 when there was no answer. */
  readonly statusCode: number;
  /** What our own code is about, such as `path`; empty for others. */
  readonly parameters: Readonly<Record<string, unknown>>;

  constructor(code: string, statusCode: number, message: string, parameters: RequestError['parameters'] = {}) {
    super(message);
    this.name = 'RequestError';
    this.code = code;
    this.statusCode = statusCode;
    this.parameters = parameters;
  }

  /** From a refused request: our own code where the answer carries one, else the protocol's status. */
  static fromStatus(
    requestType: string,
    status: Readonly<Record<string, unknown>>,
    parameters: RequestError['parameters'] = {},
  ): RequestError {
    const statusCode = typeof status['code'] === 'number' ? status['code'] : 0;
    const comment = typeof status['comment'] === 'string' ? status['comment'] : requestType;
    return new RequestError(codeOf(statusCode, comment), statusCode, comment, parameters);
  }
}

/** Generic failure (obs-websocket 5, `RequestStatus`): with our servers, a role that does not suffice. */
const GENERIC_ERROR = 205;

/** Comments of our own errors begin with their code, `unknown-source: …`; other refusals have the protocol's status. */
function codeOf(statusCode: number, comment: string): string {
  if (statusCode === GENERIC_ERROR && comment.startsWith('Your role')) return 'not-allowed';
  return /^([a-z]+(?:-[a-z]+)+):/.exec(comment)?.[1] ?? `status-${statusCode}`;
}
