/** One NAL unit without its start code, as RFC 6184 carries it: a header byte, then the payload with its emulation prevention bytes. */
export type NetworkUnit = Buffer;

/** NAL unit types of ITU-T H.264, table 7-1, as far as a camera or an encoder sends them. */
export const UNIT_TYPE = {
  slice: 1,
  keySlice: 5,
  supplementalInformation: 6,
  sequenceParameters: 7,
  pictureParameters: 8,
  delimiter: 9,
} as const;

/** The type of a NAL unit (ITU-T H.264, 7.3.1: the low five bits of its first byte). */
export function unitType(unit: NetworkUnit): number {
  return (unit[0] ?? 0) & 0x1f;
}

/** Cuts a byte stream (ITU-T H.264, annex B) into its NAL units. The units share the memory of the stream. */
export function splitByteStream(stream: Buffer): NetworkUnit[] {
  const units: NetworkUnit[] = [];
  let start = -1;
  for (let at = stream.indexOf('\0\0\x01', 0, 'latin1'); at !== -1; at = stream.indexOf('\0\0\x01', at + 3, 'latin1')) {
    if (start !== -1) units.push(withoutTrailingZeros(stream.subarray(start, at)));
    start = at + 3;
  }
  if (start !== -1) units.push(withoutTrailingZeros(stream.subarray(start)));
  return units.filter((unit) => unit.length > 0);
}

/** NAL units as a byte stream with four-byte start codes (ITU-T H.264, annex B). */
export function joinByteStream(units: readonly NetworkUnit[]): Buffer {
  const startCode = Buffer.from([0, 0, 0, 1]);
  return Buffer.concat(units.flatMap((unit) => [startCode, unit]));
}

function withoutTrailingZeros(unit: Buffer): Buffer {
  let end = unit.length;
  while (end > 0 && unit[end - 1] === 0) end -= 1;
  return unit.subarray(0, end);
}
