import { answerChallenge } from './challenge.js';
import { deferred } from './deferred.js';
import { CLOSE_CODE, EVENT_SUBSCRIPTIONS, isRecord, OP_CODE, parseEnvelope, RPC_VERSION } from './envelope.js';
import type { Envelope, ObsEvent } from './envelope.js';
import { RequestError } from './request-error.js';

/** Why a connection could not be made, or why it ended. */
export type Ending = 'unreachable' | 'token-needed' | 'token-refused' | 'sent-away';

/** One connection, from Identified to its end. */
export type Connection = {
  /** @returns `responseData`, empty when there is none. @throws RequestError when refused, unanswered or cut off */
  readonly request: (
    requestType: string,
    requestData?: Readonly<Record<string, unknown>>,
  ) => Promise<Readonly<Record<string, unknown>>>;
  readonly close: () => void;
  readonly ended: Promise<Ending>;
};

/** Thrown by `connect` when there is no way in. */
export class ConnectError extends Error {
  readonly ending: Ending;

  constructor(ending: Ending) {
    super(ending);
    this.name = 'ConnectError';
    this.ending = ending;
  }
}

/** How long the server may take for Hello and Identified together, and for any answer. */
const ANSWER_DEADLINE_MS = 5_000;

type Waiting = {
  readonly resolve: (data: Readonly<Record<string, unknown>>) => void;
  readonly reject: (error: RequestError) => void;
  readonly deadline: number;
};

/**
 * Connects and identifies.
 * @param token of the operator, null when none is known
 * @throws ConnectError
 */
export function connect(url: string, token: string | null, onEvent: (event: ObsEvent) => void): Promise<Connection> {
  const socket = new WebSocket(url, 'obswebsocket.json');
  const waiting = new Map<string, Waiting>();
  const ended = deferred<Ending>();
  const opening = deferred<Connection>();
  const openDeadline = window.setTimeout(() => socket.close(), ANSWER_DEADLINE_MS);
  let lastRequest = 0;
  let ending: Ending = 'unreachable';

  const send = (op: number, d: Readonly<Record<string, unknown>>): void => socket.send(JSON.stringify({ op, d }));

  const end = (): void => {
    window.clearTimeout(openDeadline);
    for (const [, { reject, deadline }] of waiting) {
      window.clearTimeout(deadline);
      reject(new RequestError('connection-lost', 0, ''));
    }
    waiting.clear();
    opening.reject(new ConnectError(ending));
    ended.resolve(ending);
  };

  const connection: Connection = {
    ended: ended.promise,
    close: () => {
      // A socket to a host that is gone takes long to close: whoever waits is told at once.
      socket.close();
      end();
    },
    request: (requestType, requestData) => {
      const { promise, resolve, reject } = deferred<Readonly<Record<string, unknown>>>();
      if (socket.readyState !== WebSocket.OPEN) reject(new RequestError('connection-lost', 0, requestType));
      else {
        const requestId = String((lastRequest += 1));
        const deadline = window.setTimeout(() => {
          waiting.delete(requestId);
          reject(new RequestError('no-answer', 0, requestType));
        }, ANSWER_DEADLINE_MS);
        waiting.set(requestId, { resolve, reject, deadline });
        send(OP_CODE.request, { requestType, requestId, ...(requestData === undefined ? {} : { requestData }) });
      }
      return promise;
    },
  };

  const onHello = (d: Envelope['d']): void => {
    const challenge = d['authentication'];
    if (isRecord(challenge) && token === null) {
      ending = 'token-needed';
      connection.close();
      return;
    }
    const authentication =
      isRecord(challenge) && token !== null
        ? {
            authentication: answerChallenge(token, {
              challenge: String(challenge['challenge']),
              salt: String(challenge['salt']),
            }),
          }
        : {};
    send(OP_CODE.identify, { rpcVersion: RPC_VERSION, eventSubscriptions: EVENT_SUBSCRIPTIONS, ...authentication });
  };

  const onResponse = (d: Envelope['d']): void => {
    const requestId = String(d['requestId']);
    const asked = waiting.get(requestId);
    if (asked === undefined) return;
    waiting.delete(requestId);
    window.clearTimeout(asked.deadline);
    const status = isRecord(d['requestStatus']) ? d['requestStatus'] : {};
    const data = isRecord(d['responseData']) ? d['responseData'] : {};
    if (status['result'] === true) asked.resolve(data);
    else {
      // A refused request of ours says what it is about.
      const refusal = isRecord(data['responseData']) ? data['responseData'] : {};
      const parameters = isRecord(refusal['parameters']) ? refusal['parameters'] : {};
      asked.reject(RequestError.fromStatus(String(d['requestType']), status, parameters));
    }
  };

  socket.addEventListener('message', (message: MessageEvent<unknown>) => {
    const envelope = typeof message.data === 'string' ? parseEnvelope(message.data) : null;
    if (envelope === null) return;
    const { op, d } = envelope;
    if (op === OP_CODE.hello) onHello(d);
    else if (op === OP_CODE.identified) {
      window.clearTimeout(openDeadline);
      opening.resolve(connection);
    } else if (op === OP_CODE.requestResponse) onResponse(d);
    else if (op === OP_CODE.event) {
      onEvent({ eventType: String(d['eventType']), eventData: isRecord(d['eventData']) ? d['eventData'] : {} });
    }
  });
  socket.addEventListener('close', ({ code }) => {
    if (code === CLOSE_CODE.authenticationFailed) ending = token === null ? 'token-needed' : 'token-refused';
    if (code === CLOSE_CODE.sessionInvalidated) ending = 'sent-away';
    end();
  });
  return opening.promise;
}
