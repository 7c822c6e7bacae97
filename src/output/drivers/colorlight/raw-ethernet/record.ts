/**
 * How frames travel from the wall to the process that sends them: one record for each Ethernet frame, one behind the other.
 *
 * | byte | field                                                                       |
 * |------|-----------------------------------------------------------------------------|
 * | 0–1  | length of the Ethernet frame, big-endian, 14 to 1514                        |
 * | 2    | its role, as listed below                                                   |
 * | 3    | tenths of a millisecond that must have passed since the frame before it left |
 * | 4–   | the Ethernet frame                                                          |
 */
export const PREFIX_BYTES = 4;
/** The longest frame of Ethernet without its checksum. */
export const LONGEST_FRAME_BYTES = 1_514;

/**
 * What a frame is to the picture: a part of it; what shows it, left out when a part could not be sent; or none of either.
 */
export const ROLES = { part: 0, shows: 1, apart: 2 } as const;

/** What a record says of its frame. `pauseMs`: 0 to 25.5. */
export type RecordPrefix = { readonly length: number; readonly role: keyof typeof ROLES; readonly pauseMs?: number };

/** Writes what stands before a frame. */
export function writePrefix(target: Uint8Array, at: number, { length, role, pauseMs = 0 }: RecordPrefix): void {
  target[at] = length >> 8;
  target[at + 1] = length & 0xff;
  target[at + 2] = ROLES[role];
  target[at + 3] = Math.min(255, Math.ceil(pauseMs * 10));
}
