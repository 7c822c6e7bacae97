import { randomBytes } from 'node:crypto';
import { messageOf } from '../../core/errors.js';
import type { Logger } from '../../core/logger.js';
import type { Access, Identity } from '../access/access.js';
import type { Person } from '../access/people.js';
import type { GuardedSocket } from '../socket/guarded-socket.js';
import type { Tally } from '../tally.js';
import { answerBatch } from './batch.js';
import { decode, encodingOf, type Encoding } from './encoding.js';
import {
  CloseSession,
  checkRequest,
  checkRpcVersion,
  parseBatch,
  parseEnvelope,
  parseSessionParameters,
  type BatchMessage,
} from './envelope.js';
import {
  DEFAULT_EVENT_SUBSCRIPTIONS,
  OBS_WEBSOCKET_VERSION,
  RPC_VERSION,
  closeCode,
  executionType,
  opCode,
  type Fields,
} from './protocol.js';
import type { OutgoingEvent } from './outgoing-event.js';
import { answerRequest } from './registry.js';
import type { RequestContext, Sleep } from './request.js';
import { Sleeper } from './sleeper.js';

/** Requests that may be waiting for their answer at a time before the connection is read no further. */
const MAXIMUM_IN_FLIGHT = 64;

export type SessionOptions = {
  readonly access: Access;
  readonly tally: Tally;
  readonly log: Logger;
  readonly identifyWithinMs: number;
  /** Everything of a request's context that does not depend on the session. */
  readonly context: Omit<RequestContext, 'person' | 'from' | 'session' | 'sleep'>;
  readonly onClose: (session: Session) => void;
};

/** One obs-websocket connection, from Hello to the end. */
export class Session {
  readonly #socket: GuardedSocket;
  readonly #options: SessionOptions;
  readonly #encoding: Encoding;
  readonly #challenge = randomBytes(32).toString('base64');
  readonly #salt: string;
  readonly #sleeper = new Sleeper();
  readonly #identifyTimer: NodeJS.Timeout;
  /** Who the handshake said it is; such a client needs no challenge. */
  readonly #known: Identity | null;
  #person: Person | null = null;
  #eventSubscriptions = DEFAULT_EVENT_SUBSCRIPTIONS;
  #incomingMessages = 0;
  #outgoingMessages = 0;
  #inFlight = 0;

  constructor(socket: GuardedSocket, options: SessionOptions) {
    this.#socket = socket;
    this.#known = socket.identity;
    this.#salt = options.access.people.salt;
    this.#options = options;
    this.#encoding = encodingOf(socket.subProtocol);
    this.#identifyTimer = setTimeout(() => {
      socket.close(closeCode.notIdentified, 'You did not identify in time.');
    }, options.identifyWithinMs);
    socket.attach({
      onMessage: (bytes, isBinary) => this.#onMessage(bytes, isBinary),
      onClose: (code) => this.#onClose(code),
    });
    this.#send(opCode.hello, {
      obsWebSocketVersion: OBS_WEBSOCKET_VERSION,
      rpcVersion: RPC_VERSION,
      ...(this.#known === null ? { authentication: { challenge: this.#challenge, salt: this.#salt } } : {}),
    });
  }

  /** Sends an event, if this client wants events of its category. */
  sendEvent(event: OutgoingEvent): void {
    if (this.#person === null || (this.#eventSubscriptions & event.intent) === 0) return;
    this.#outgoingMessages += 1;
    this.#socket.send(event.encoded(this.#encoding));
  }

  #onClose(code: number | null): void {
    clearTimeout(this.#identifyTimer);
    this.#tellVisit('logout', leavingReasonOf(code));
    this.#sleeper.wakeAll();
    this.#options.onClose(this);
  }

  #onMessage(bytes: Buffer, isBinary: boolean): void {
    this.#incomingMessages += 1;
    try {
      const decoded = decode(this.#encoding, bytes, isBinary);
      if ('refusal' in decoded) throw new CloseSession(closeCode.messageDecodeError, decoded.refusal);
      const { op, data } = parseEnvelope(decoded.message);
      this.#handle(op, data);
    } catch (thrown) {
      this.#refuse(thrown);
    }
  }

  #refuse(thrown: unknown): void {
    const { tally, log } = this.#options;
    if (thrown instanceof CloseSession) {
      tally.count('obs', `close-${thrown.code}`);
      this.#socket.close(thrown.code, thrown.message);
    } else {
      tally.count('obs', 'failed');
      log.error({ error: messageOf(thrown) }, 'an obs-websocket message could not be handled');
      this.#socket.close(1011, 'Internal error.');
    }
  }

  #handle(op: number, data: Fields): void {
    if (op === opCode.identify) {
      this.#identify(data);
      return;
    }
    const person = this.#person;
    if (person === null) {
      const reason = 'You attempted to send a non-Identify message while not identified.';
      throw new CloseSession(closeCode.notIdentified, reason);
    }
    switch (op) {
      case opCode.reidentify:
        this.#applyParameters(data);
        break;
      case opCode.request:
        checkRequest(data);
        this.#run(this.#request(data, person));
        break;
      case opCode.requestBatch:
        this.#run(this.#batch(parseBatch(data), person));
        break;
      default:
        throw new CloseSession(closeCode.unknownOpCode, `Unknown OpCode: ${op}`);
    }
  }

  #identify(data: Fields): void {
    if (this.#person !== null) {
      const reason = 'You are already Identified with the obs-websocket server.';
      throw new CloseSession(closeCode.alreadyIdentified, reason);
    }
    const identity = this.#known ?? this.#authenticate(data['authentication']);
    checkRpcVersion(data, RPC_VERSION);
    const parameters = parseSessionParameters(data);
    clearTimeout(this.#identifyTimer);
    this.#socket.identity = identity;
    this.#person = identity.person;
    this.#eventSubscriptions = parameters.eventSubscriptions ?? DEFAULT_EVENT_SUBSCRIPTIONS;
    this.#tellVisit('login', null);
    this.#sendIdentified();
  }

  #authenticate(answer: unknown): Identity {
    if (answer === undefined) {
      const from = this.#socket.remoteAddress;
      const visitors = this.#options.access.visitors;
      visitors.enter({ kind: 'login-failed', person: null, entrance: 'obs', from, reason: 'no-token' });
      const reason = "Your payload's data is missing an `authentication` string, however authentication is required.";
      throw new CloseSession(closeCode.authenticationFailed, reason);
    }
    const { access, tally } = this.#options;
    // RFC 6455 registry, 1012: the service begins anew, and the client may come back at once.
    if (this.#salt !== access.people.salt) throw new CloseSession(1012, 'The salt has changed. Connect again.');
    const identification =
      typeof answer === 'string'
        ? access.checkAnswer(answer, this.#challenge, this.#socket.remoteAddress ?? '')
        : ({ kind: 'nobody' } as const);
    if (identification.kind === 'known') return identification.identity;
    if (identification.kind === 'waiting') tally.count('obs', 'too-many-attempts');
    throw new CloseSession(closeCode.authenticationFailed, 'Authentication failed.');
  }

  /** Of whoever said here who he is; a page said it when it signed in. */
  #tellVisit(kind: 'login' | 'logout', reason: string | null): void {
    const person = this.#person;
    if (person === null || this.#known !== null) return;
    this.#options.access.visitors.enter({ kind, person, entrance: 'obs', from: this.#socket.remoteAddress, reason });
  }

  #applyParameters(data: Fields): void {
    const parameters = parseSessionParameters(data);
    this.#eventSubscriptions = parameters.eventSubscriptions ?? this.#eventSubscriptions;
    this.#sendIdentified();
  }

  #sendIdentified(): void {
    this.#send(opCode.identified, { negotiatedRpcVersion: RPC_VERSION });
  }

  async #request(data: Fields, person: Person): Promise<void> {
    const { requestType, requestId, requestData } = data;
    const result = await answerRequest(requestType, requestData, this.#contextFor(person, null));
    this.#send(opCode.requestResponse, { requestType, requestId, ...result });
  }

  async #batch(batch: BatchMessage, person: Person): Promise<void> {
    this.#socket.spend(batch.requests.length);
    const context = this.#contextFor(person, this.#sleepOf(batch));
    const results = await answerBatch(batch, (requestType, requestData) => {
      // A batch that sleeps outlives its connection; whoever was sent away meanwhile decides nothing more.
      this.#checkStanding();
      return answerRequest(requestType, requestData, context);
    });
    this.#send(opCode.requestBatchResponse, { requestId: batch.requestId, results });
  }

  #sleepOf({ executionType: type }: BatchMessage): Sleep | null {
    if (type === executionType.parallel) return null;
    const unit = type === executionType.serialFrame ? 'frames' : 'milliseconds';
    return { unit, forMs: (durationMs) => this.#sleeper.sleep(durationMs) };
  }

  /** @throws CloseSession when this person may no longer be here */
  #checkStanding(): void {
    const { identity } = this.#socket;
    if (identity !== null && this.#options.access.standingOf(identity) === 'welcome') return;
    throw new CloseSession(closeCode.sessionInvalidated, 'Your session has been invalidated.');
  }

  /** Requests run side by side, as in OBS: one that sleeps does not hold up the next. */
  #run(work: Promise<void>): void {
    this.#inFlight += 1;
    if (this.#inFlight >= MAXIMUM_IN_FLIGHT) this.#socket.pause('in-flight');
    void work
      .catch((thrown: unknown) => this.#refuse(thrown))
      .finally(() => {
        this.#inFlight -= 1;
        if (this.#inFlight === MAXIMUM_IN_FLIGHT - 1) this.#socket.resume('in-flight');
      });
  }

  #contextFor(person: Person, sleep: Sleep | null): RequestContext {
    const session = { incomingMessages: this.#incomingMessages, outgoingMessages: this.#outgoingMessages };
    return { ...this.#options.context, person, from: this.#socket.remoteAddress, session, sleep };
  }

  #send(op: number, data: Fields): void {
    this.#outgoingMessages += 1;
    this.#socket.send(this.#encoding.encode({ op, d: data }));
  }
}

/** Why a client is gone. @param code with which we ended its connection; null when it went by itself */
function leavingReasonOf(code: number | null): string {
  switch (code) {
    case null:
      return 'left';
    case closeCode.sessionInvalidated:
      return 'revoked';
    case 1001:
      return 'service-stopped';
    case 1008:
      return 'expired';
    default:
      return `closed-${code}`;
  }
}
