import { z } from 'zod';
import { REFUSAL_REASONS, type DdpStatistics } from './ddp-receiver.js';

/** What the owner and the screen's process say to each other over their IPC channel (structured clone). */

/** Given to the process on its command line, as JSON. */
export const screenOptions = z.strictObject({
  widthPx: z.int().min(1).max(7_680),
  heightPx: z.int().min(1).max(4_320),
  udpPort: z.int().min(0).max(65_535),
});
export type ScreenOptions = z.output<typeof screenOptions>;

/** Owner → process. */
export const screenRequest = z.strictObject({
  request: z.int(),
  what: z.enum(['statistics', 'frame', 'unplug', 'plug']),
});
export type ScreenRequest = z.output<typeof screenRequest>;

const counter = z.int().min(0);

const statistics = z.object({
  packets: counter,
  frames: counter,
  queries: counter,
  duplicates: counter,
  sequenceErrors: counter,
  lostPackets: counter,
  refused: counter,
  refusedBy: z.record(z.enum(REFUSAL_REASONS), counter),
  receiveBufferBytes: counter,
  cpuMs: z.number().min(0),
  clients: counter,
});

/** The receiver's counters, and what the process around it needs. */
export type ScreenStatistics = DdpStatistics & {
  /** Receive buffer that the system granted to the socket. */
  readonly receiveBufferBytes: number;
  /** User and system time of the whole process so far. */
  readonly cpuMs: number;
  /** Pages that are looking. */
  readonly clients: number;
};

/** The picture that is lit. `rgb` is a copy that belongs to the caller. */
export const litFrame = z.object({
  /** RGB, 8 bits each, row by row. */
  rgb: z.instanceof(Uint8Array),
  /** Pictures latched so far; 0 means that nothing ever came and `rgb` is black. */
  frames: counter,
  /** When it was latched, on the clock of `monotonicMs`; null while there is none. */
  latchedAtMs: z.number().nullable(),
});
export type LitFrame = z.output<typeof litFrame>;

/** Process → owner. */
export const screenReport = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), udpPort: z.int(), httpPort: z.int() }),
  z.object({ type: z.literal('failed'), code: z.string(), message: z.string() }),
  z.object({ type: z.literal('statistics'), request: z.int(), statistics }),
  z.object({ type: z.literal('frame'), request: z.int(), frame: litFrame }),
  z.object({ type: z.literal('done'), request: z.int() }),
]);
export type ScreenReport = z.output<typeof screenReport>;

/** Process → receiver thread. */
export type ReceiverCommand = {
  readonly request: number;
  readonly what: 'statistics' | 'unplug' | 'plug';
};

/** Receiver thread → process. */
export type ReceiverEvent =
  | { readonly type: 'bound'; readonly udpPort: number }
  | { readonly type: 'failed'; readonly code: string; readonly message: string }
  /** `begunAtMs`: when the picture's first packet arrived, on the clock of `monotonicMs`. */
  | { readonly type: 'latched'; readonly lostPackets: number; readonly begunAtMs: number }
  | {
      readonly type: 'answer';
      readonly request: number;
      readonly statistics: DdpStatistics;
      readonly receiveBufferBytes: number;
    };
