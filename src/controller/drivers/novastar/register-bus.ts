import type { Closable } from '../../../core/closing.js';
import { withDeadline } from '../../../core/deadline.js';
import { Connection } from '../../connection.js';
import { ControllerFailure } from '../../controller-failure.js';
import { ALL_CARDS, AnswerReader, encodeRequest, type NovastarAnswer, type RegisterAddress } from './frame.js';

/** A sending card answers within milliseconds, and waits for a receiving card not much longer. */
const ANSWER_WITHIN_MS = 1_000;
/** Nobody says whether a command to all cards is answered: silence is taken for a yes, reading shows the truth. */
const BROADCAST_ANSWER_WITHIN_MS = 300;

type Waiting = {
  readonly serial: number;
  resolve(answer: NovastarAnswer): void;
  reject(failure: Error): void;
};

/** The registers behind one sending card: one question at a time over one connection. */
export class RegisterBus implements Closable {
  readonly #connection: Connection;
  readonly #reader = new AnswerReader();
  #waiting: Waiting | null = null;
  #serial = 0;

  constructor(host: string, port: number) {
    this.#connection = new Connection(host, port, {
      onData: (bytes) => {
        for (const answer of this.#reader.push(bytes)) this.#take(answer);
      },
      onGone: (failure) => this.#lose(failure),
    });
  }

  /**
   * Reads a register. @returns its bytes, null when the receiving card does not answer
   * @throws ControllerFailure, Error of the system
   */
  async read(address: RegisterAddress, byteCount: number, signal: AbortSignal): Promise<Buffer | null> {
    const { acknowledgement, data, register } = await withDeadline(ANSWER_WITHIN_MS, signal, (deadline) =>
      this.#ask((serial) => encodeRequest({ ...address, serial, kind: 'read', byteCount }), deadline),
    );
    if (acknowledgement === 1) return null;
    if (acknowledgement !== 0) throw new ControllerFailure('device-error');
    if (register !== address.register || data.length !== byteCount) throw this.#giveUp('garbage');
    return data;
  }

  /** Reads one byte. */
  async readByte(address: RegisterAddress, signal: AbortSignal): Promise<number | null> {
    const bytes = await this.read(address, 1, signal);
    return bytes?.[0] ?? null;
  }

  /** Writes a byte to a register of all receiving cards. @throws ControllerFailure, Error of the system */
  async writeToAll(register: number, value: number, signal: AbortSignal): Promise<void> {
    const data = Uint8Array.of(value);
    const answer = await withDeadline(BROADCAST_ANSWER_WITHIN_MS, signal, (deadline) =>
      this.#ask((serial) => encodeRequest({ card: ALL_CARDS, register, serial, kind: 'write', data }), deadline, true),
    );
    if (answer !== null && answer.acknowledgement > 1) throw new ControllerFailure('device-error');
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  async #ask(encode: (serial: number) => Buffer, deadline: AbortSignal): Promise<NovastarAnswer>;
  async #ask(encode: (serial: number) => Buffer, deadline: AbortSignal, may: true): Promise<NovastarAnswer | null>;
  async #ask(
    encode: (serial: number) => Buffer,
    deadline: AbortSignal,
    mayBeSilent = false,
  ): Promise<NovastarAnswer | null> {
    await this.#connection.open(deadline);
    this.#serial = (this.#serial + 1) % 256;
    const serial = this.#serial;
    const answer = new Promise<NovastarAnswer | null>((resolve, reject) => {
      this.#waiting = { serial, resolve, reject };
      const onAbort = (): void => {
        if (this.#waiting?.serial !== serial) return;
        if (mayBeSilent && !this.#reader.isMidAnswer) {
          this.#waiting = null;
          resolve(null);
        } else this.#giveUp('slow');
      };
      deadline.addEventListener('abort', onAbort, { once: true });
      if (deadline.aborted) onAbort();
    });
    this.#connection.write(encode(serial));
    return answer;
  }

  #take(answer: NovastarAnswer): void {
    const waiting = this.#waiting;
    // An answer to a question that was given up.
    if (waiting?.serial !== answer.serial) return;
    this.#waiting = null;
    waiting.resolve(answer);
  }

  #giveUp(reason: ControllerFailure['reason']): ControllerFailure {
    const failure = new ControllerFailure(reason);
    this.#connection.giveUp(failure);
    return failure;
  }

  #lose(failure: Error): void {
    const isCut = this.#reader.isMidAnswer && failure instanceof ControllerFailure && failure.reason === 'broken';
    this.#reader.clear();
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.reject(isCut ? new ControllerFailure('truncated') : failure);
  }
}
