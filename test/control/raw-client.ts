import { createHash } from 'node:crypto';
import WebSocket from 'ws';

/** A message of obs-websocket, as it travels. */
export type Message = { readonly op: number; readonly d: Record<string, unknown> };
export type Close = { readonly code: number; readonly reason: string };

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

/** A WebSocket client that keeps everything it receives, for tests that speak message by message. */
export class RawClient {
  readonly socket: WebSocket;
  readonly messages: Message[] = [];
  readonly closed: Promise<Close>;
  #wake: () => void = () => undefined;
  #read = 0;

  constructor(address: string, protocols: string[] = ['obswebsocket.json'], headers: Record<string, string> = {}) {
    this.socket = new WebSocket(address, protocols, { headers });
    this.socket.on('message', (data, isBinary) => {
      if (isBinary) return;
      this.messages.push(JSON.parse((data as Buffer).toString('utf8')) as Message);
      this.#wake();
    });
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
    this.socket.on('error', () => undefined);
  }

  /** The next message in order of arrival that satisfies the condition; those before it are passed over. */
  async next(condition: (message: Message) => boolean = () => true): Promise<Message> {
    for (;;) {
      while (this.#read < this.messages.length) {
        const message = this.messages[this.#read];
        this.#read += 1;
        if (message !== undefined && condition(message)) return message;
      }
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  send(op: number, d?: unknown): void {
    this.socket.send(JSON.stringify({ op, ...(d === undefined ? {} : { d }) }));
  }

  /** Says hello back. @returns the Hello */
  async identify(token?: string, more: Record<string, unknown> = {}): Promise<Message> {
    const hello = await this.next(({ op }) => op === 0);
    const given = hello.d['authentication'] as { challenge: string; salt: string } | undefined;
    const answer =
      given === undefined || token === undefined
        ? {}
        : { authentication: sha256(sha256(token + given.salt) + given.challenge) };
    this.send(1, { rpcVersion: 1, ...answer, ...more });
    await this.next(({ op }) => op === 2);
    return hello;
  }

  /** Sends a request and waits for its response. */
  async request(requestType: string, requestData?: unknown): Promise<Record<string, unknown>> {
    const requestId = `${requestType}-${Math.random()}`;
    this.send(6, { requestType, requestId, ...(requestData === undefined ? {} : { requestData }) });
    const response = await this.next(({ op, d }) => op === 7 && d['requestId'] === requestId);
    return response.d;
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}

/** The status of a response, as `[code, comment]`. */
export function statusOf(response: Record<string, unknown>): readonly [number, string | undefined] {
  const status = response['requestStatus'] as { code: number; comment?: string };
  return [status.code, status.comment];
}
