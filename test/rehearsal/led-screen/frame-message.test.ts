import { describe, expect, it } from 'vitest';
import { readFrameHeader, writeFrameHeader } from '../../../src/rehearsal/led-screen/frame-message.js';

describe('the message', () => {
  it('is laid out as written down', () => {
    const message = Buffer.alloc(48 + 2 * 1 * 3);
    const header = {
      frameNumber: 0x01020304,
      widthPx: 2,
      heightPx: 1,
      lostPackets: 5,
      latchedAtEpochMs: 1,
      latchedAtMonotonicMs: 2,
      ageMs: -1,
      begunAtEpochMs: 1,
    };
    writeFrameHeader(message, header);
    const doubles = '3ff0000000000000' + '4000000000000000' + 'bff0000000000000' + '3ff0000000000000';
    expect(message.toString('hex')).toBe(`474c5331010203040002000100000005${doubles}000000000000`);
    expect(readFrameHeader(message)).toEqual(header);
  });

  it('is refused when it is cut, or is something else', () => {
    const message = Buffer.alloc(54);
    writeFrameHeader(message, { ...EMPTY, widthPx: 2, heightPx: 1 });
    expect(readFrameHeader(message.subarray(0, 53))).toBeNull();
    expect(readFrameHeader(message.subarray(0, 10))).toBeNull();
    message[0] = 0;
    expect(readFrameHeader(message)).toBeNull();
  });
});

const EMPTY = {
  frameNumber: 0,
  widthPx: 0,
  heightPx: 0,
  lostPackets: 0,
  latchedAtEpochMs: 0,
  latchedAtMonotonicMs: 0,
  ageMs: 0,
  begunAtEpochMs: 0,
};
