import type { Agent } from 'node:http';
import type { Closable } from '../../../core/closing.js';
import { createHttpAgent, exchangeHttp, HttpExchangeFailure } from '../../../core/http-exchange.js';
import { ControllerFailure } from '../../controller-failure.js';
import { parseEnvelope } from './answers.js';

/** 288 cabinets come in 340 kB. */
const LARGEST_ANSWER_BYTES = 8 * 1024 * 1024;

const REASONS = {
  'no-connection': 'no-answer',
  'no-answer': 'slow',
  'too-large': 'oversize',
  truncated: 'truncated',
} as const;

/** HTTP requests to one COEX controller. */
export class CoexInterface implements Closable {
  readonly #base: string;
  readonly #agent: Agent;

  constructor(host: string, port: number) {
    this.#base = `http://${host.includes(':') ? `[${host}]` : host}:${port}/api/v1`;
    this.#agent = createHttpAgent(this.#base);
  }

  /** @returns the data, null where the firmware does not know the path. @throws ControllerFailure, Error of the system */
  get(path: string, signal: AbortSignal): Promise<unknown> {
    return this.#exchange('GET', path, undefined, signal);
  }

  /** @param body JSON. @returns whether the firmware knows the path. @throws ControllerFailure, Error of the system */
  async put(path: string, body: string, signal: AbortSignal): Promise<boolean> {
    return (await this.#exchange('PUT', path, body, signal)) !== null;
  }

  close(): Promise<void> {
    this.#agent.destroy();
    return Promise.resolve();
  }

  async #exchange(
    method: 'GET' | 'PUT',
    path: string,
    body: string | undefined,
    signal: AbortSignal,
  ): Promise<unknown> {
    try {
      const { status, body: answer } = await exchangeHttp({
        url: `${this.#base}${path}`,
        method,
        agent: this.#agent,
        maximumBytes: LARGEST_ANSWER_BYTES,
        signal,
        ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
      });
      return parseEnvelope(status, answer);
    } catch (failure) {
      if (failure instanceof HttpExchangeFailure) {
        throw new ControllerFailure(REASONS[failure.reason], { cause: failure });
      }
      const code = failure instanceof Error && 'code' in failure ? String(failure.code) : '';
      // Somebody answers, and in another language than HTTP.
      if (code.startsWith('HPE_')) throw new ControllerFailure('garbage', { cause: failure });
      throw failure;
    }
  }
}
