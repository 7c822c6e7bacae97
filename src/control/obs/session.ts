import { randomBytes } from 'node:crypto';
import { messageOf } from '../../core/errors.js';
import type { Logger } from '../../core/logger.js';
import type { People, Person } from '../access/people.js';
import type { GuardedSocket } from '../socket/guarded-socket.js';
import type { Tally } from '../tally.js';
import { answerBatch } from './batch.js';
import { decode, encodingOf, type Encoding } from './encoding.js';
import {
  CloseSession,
  checkRequestId,
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
  opCode,
  type Fields,
} from './protocol.js';
import type { OutgoingEvent } from './outgoing-event.js';
import { answerRequest } from './registry.js';
import type { RequestContext } from './request.js';
import { Sleeper } from './sleeper.js';

/** Requests that may be waiting for their answer at a time before the connection is read no further. */
const MAXIMUM_IN_FLIGHT = 64;

export type SessionOptions = {
  readonly people: People;
  readonly tally: Tally;
  readonly log: Logger;
  readonly identifyWithinMs: number;
  /** The same for every session of this server. */
  readonly salt: string;
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
  readonly #sleeper = new Sleeper();
  readonly #identifyTimer: NodeJS.Timeout;
  /** Who the handshake said it is; such a client needs no challenge. */
  readonly #knownPerson: Person | null;
  #person: Person | null = null;
  #eventSubscriptions = DEFAULT_EVENT_SUBSCRIPTIONS;
  #incomingMessages = 0;
  #outgoingMessages = 0;
  #inFlight = 0;

  constructor(socket: GuardedSocket, knownPerson: Person | null, options: SessionOptions) {
    this.#socket = socket;
    this.#knownPerson = knownPerson;
    this.#options = options;
    this.#encoding = encodingOf(socket.subProtocol);
    this.#identifyTimer = setTimeout(() => {
      socket.close(closeCode.notIdentified, 'You did not identify in time.');
    }, options.identifyWithinMs);
    socket.attach({
      onMessage: (bytes, isBinary) => this.#onMessage(bytes, isBinary),
      onClose: () => this.#onClose(),
    });
    this.#send(opCode.hello, {
      obsWebSocketVersion: OBS_WEBSOCKET_VERSION,
      rpcVersion: RPC_VERSION,
      ...(knownPerson === null ? { authentication: { challenge: this.#challenge, salt: options.salt } } : {}),
    });
  }

  /** Who is on the other side, null until identified. */
  get person(): Person | null {
    return this.#person;
  }

  /** Sends an event, if this client wants events of its category. */
  sendEvent(event: OutgoingEvent): void {
    if (this.#person === null || (this.#eventSubscriptions & event.intent) === 0) return;
    this.#outgoingMessages += 1;
    this.#socket.send(event.encoded(this.#encoding));
  }

  /** Ends the session because its person is no longer on the list. The client must not come back by itself. */
  invalidate(): void {
    this.#socket.close(closeCode.sessionInvalidated, 'Your session has been invalidated.');
  }

  #onClose(): void {
    clearTimeout(this.#identifyTimer);
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
        checkRequestId(data);
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
    const person = this.#knownPerson ?? this.#authenticate(data['authentication']);
    checkRpcVersion(data, RPC_VERSION);
    const parameters = parseSessionParameters(data);
    clearTimeout(this.#identifyTimer);
    this.#person = person;
    this.#eventSubscriptions = parameters.eventSubscriptions ?? DEFAULT_EVENT_SUBSCRIPTIONS;
    this.#sendIdentified();
  }

  #authenticate(answer: unknown): Person {
    if (answer === undefined) {
      const reason = "Your payload's data is missing an `authentication` string, however authentication is required.";
      throw new CloseSession(closeCode.authenticationFailed, reason);
    }
    const { people, salt } = this.#options;
    const person = typeof answer === 'string' ? people.byChallengeAnswer(answer, salt, this.#challenge) : null;
    if (person === null) throw new CloseSession(closeCode.authenticationFailed, 'Authentication failed.');
    return person;
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
    this.#send(opCode.requestResponse, { requestType: requestType ?? null, requestId, ...result });
  }

  async #batch(batch: BatchMessage, person: Person): Promise<void> {
    this.#socket.spend(batch.requests.length);
    const context = this.#contextFor(person, (milliseconds) => this.#sleeper.sleep(milliseconds));
    const results = await answerBatch(batch, (requestType, requestData) =>
      answerRequest(requestType, requestData, context),
    );
    this.#send(opCode.requestBatchResponse, { requestId: batch.requestId, results });
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

  #contextFor(person: Person, sleep: RequestContext['sleep']): RequestContext {
    const session = { incomingMessages: this.#incomingMessages, outgoingMessages: this.#outgoingMessages };
    return { ...this.#options.context, person, from: this.#socket.remoteAddress, session, sleep };
  }

  #send(op: number, data: Fields): void {
    this.#outgoingMessages += 1;
    this.#socket.send(this.#encoding.encode({ op, d: data }));
  }
}
