import type { Closable } from '../core/closing.js';
import type { Size } from '../core/geometry.js';
import type { Logger } from '../core/logger.js';

/** A picture of one tick, the wall's or an output's part of it: RGB, 8 bits each, row by row. Valid until the next tick. */
export type CanvasFrame = Size & { readonly tick: number; readonly pixels: Uint8Array };

/**
 * What a device shows after an output has closed: `black`, a last frame that stays, or `silent`, whatever it shows now, because
 * somebody else goes on sending.
 */
export type Goodbye = 'black' | 'silent' | CanvasFrame;

/** What is known about the device behind an output. Sent is not received: `unconfirmed` means that nothing refused and nothing answered. */
export type Reachability = {
  readonly state: 'reachable' | 'unconfirmed' | 'unreachable';
  /** A stable code such as `refused`, `no-answer`, `one-way`, `host-unreachable`, `bad-address`; null when reachable. */
  readonly reason: string | null;
  /** What the device says of itself: maker, model, version. Printable, one line, bounded. */
  readonly detail?: string;
};

/** What an output is given besides its options. */
export type OutputContext = { readonly wall: Size; readonly framesPerSecond: number; readonly log: Logger };

/** What a driver is given besides its options; it reaches no further. `size`: of the pictures that it will be given. */
export type DriverContext = { readonly size: Size; readonly framesPerSecond: number; readonly log: Logger };

/**
 * One destination of the wall's picture. A driver turns a frame into parts (usually packets) and sends them when told to:
 * who sends how many when is decided by the sender, so that no output can hold up another.
 * The last part is the one that makes the device show the frame: the sender hands out the last parts of all outputs together.
 */
export interface OutputDriver extends Closable {
  /** Sends every later frame with this share of full light, 0 to 1, where the output's picture is made for it here. */
  setBrightness?(share: number): void;
  /** Says goodbye and lets everything go. Idempotent; the first goodbye counts. */
  close(goodbye?: Goodbye): Promise<void>;
  /** Opens sockets. Never waits for the device. */
  start(): Promise<void>;
  /** Packs the frame into buffers that are kept and reused. @returns how many parts it takes, 0 while there is no way to send */
  prepare(frame: CanvasFrame): number;
  /** Hands parts `from` (inclusive) to `to` (exclusive) of the prepared frame to the system, without waiting. */
  send(from: number, to: number): void;
  /**
   * Bytes that a part of the prepared frame takes on the wire, everything counted (`wireBytesOfUdp`): what `rateLimitMbit` is
   * measured by. Without it, every part counts as a full Ethernet frame.
   */
  partBytes?(part: number): number;
  /** Whether the system still holds parts handed to it: the sender waits, and drops frames, until it has let them go. */
  isBusy?(): boolean;
  /** Asks the device whether it is there, apart from sending. Never rejects. */
  probe(signal: AbortSignal): Promise<Reachability>;
  /** Parts that could not be handed to the system since the last call (buffers full, refused). */
  takeFailedParts(): number;
}
