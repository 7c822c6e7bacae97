import { z } from 'zod';

/** What the sending process says, one JSON object a line. */
export const notice = z.discriminatedUnion('kind', [
  /** Said at every change: whether frames can be sent, and what is wrong, as a stable code. */
  z.strictObject({ kind: z.literal('state'), isOpen: z.boolean(), reason: z.string().max(40).nullable() }),
  /** Ethernet frames that could not be sent since the last time. */
  z.strictObject({ kind: z.literal('failed'), packets: z.int().min(1) }),
  /** A card has answered. */
  z.strictObject({
    kind: z.literal('reply'),
    card: z.strictObject({
      firmwareMajor: z.int(),
      firmwareMinor: z.int(),
      widthPx: z.int(),
      heightPx: z.int(),
      index: z.int(),
    }),
  }),
]);

/** One line of the sending process. */
export type Notice = z.output<typeof notice>;

/** Reads one line; null when it is none of ours. */
export function parseNotice(line: string): Notice | null {
  try {
    return notice.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
