/**
 * The protocol folder speaks obs-websocket v5 as any other client would: envelope, challenge, one connection.
 * It knows nothing of the page.
 *
 * Op codes of obs-websocket 5, "Message Types (OpCodes)".
 */
export const OP_CODE = {
  hello: 0,
  identify: 1,
  identified: 2,
  event: 5,
  request: 6,
  requestResponse: 7,
} as const;

/** The only protocol version there is. */
export const RPC_VERSION = 1;

/** Event categories that the page reads (obs-websocket 5, `EventSubscription`): General, Transitions and Vendors. */
export const EVENT_SUBSCRIPTIONS = 1 | 16 | 512;

/** Close codes that decide what the page does next (obs-websocket 5, `WebSocketCloseCode`). */
export const CLOSE_CODE = { authenticationFailed: 4009, sessionInvalidated: 4011 } as const;

/** Any message: an op code and its data. */
export type Envelope = { readonly op: number; readonly d: Readonly<Record<string, unknown>> };

/** An event as it arrived. */
export type ObsEvent = { readonly eventType: string; readonly eventData: Readonly<Record<string, unknown>> };

/** Whether a value is an object with named fields. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads one text message. @returns null when it is no message of the protocol */
export function parseEnvelope(text: string): Envelope | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(parsed)) return null;
  const { op, d } = parsed;
  return typeof op === 'number' && isRecord(d) ? { op, d } : null;
}
