import { describe, expect, it } from 'vitest';
import { wireBytesOfFrame, wireBytesOfUdp } from '../../src/output/wire-bytes.js';

describe('bytes on the wire', () => {
  it.each([
    // header 14, check sequence 4, preamble and gap 20, IP and UDP 28
    ['a DDP packet', 1_450, 1_450 + 66],
    ['the longest datagram in one frame', 1_472, 1_538],
    ['a short one, padded', 10, 46 + 38],
    ['one byte more than fits: two fragments', 1_473, 1_473 + 8 + 2 * 58],
    ['the longest UDP payload: 45 fragments', 65_507, 65_515 + 45 * 58],
  ])('of %s', (_name, payload, expected) => {
    expect(wireBytesOfUdp(payload)).toBe(expected);
  });

  it('of raw frames', () => {
    expect(wireBytesOfFrame(1_500)).toBe(1_538);
    expect(wireBytesOfFrame(1)).toBe(84);
  });
});
