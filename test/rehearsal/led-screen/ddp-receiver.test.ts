import { describe, expect, it } from 'vitest';
import { DdpReceiver, type RefusalReason } from '../../../src/rehearsal/led-screen/ddp-receiver.js';

const IDENTITY = { manufacturer: 'maker', model: 'model', version: '1', mac: '02:00:00:00:00:01', name: 'name' };

function bytes(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
}

/** A display of 4 × 2 pixels, i.e. a frame buffer of 24 bytes. */
function display(): { receiver: DdpReceiver; pushed: string[] } {
  const pushed: string[] = [];
  const receiver = new DdpReceiver({ widthPx: 4, heightPx: 2 }, IDENTITY, (frameBuffer) => {
    pushed.push(Buffer.from(frameBuffer).toString('hex'));
  });
  return { receiver, pushed };
}

describe('data packets, written byte by byte from the specification', () => {
  it('writes at the offset in bytes and latches on push', () => {
    const { receiver, pushed } = display();
    receiver.receive(bytes('40 01 0b 01 00000000 0003 112233'));
    expect(pushed).toEqual([]);
    receiver.receive(bytes('41 02 0b 01 00000015 0003 aabbcc'));
    expect(pushed).toEqual([`112233${'00'.repeat(18)}aabbcc`]);
    expect(receiver.statistics()).toMatchObject({ packets: 2, frames: 1, refused: 0, sequenceErrors: 0 });
  });

  it('latches on a bare push packet and keeps what was not sent again', () => {
    const { receiver, pushed } = display();
    receiver.receive(bytes('40 00 0b 01 00000000 0003 010203'));
    receiver.receive(bytes('41 00 00 01 00000000 0000'));
    receiver.receive(bytes('40 00 0b 01 00000003 0003 040506'));
    receiver.receive(bytes('41 00 00 01 00000000 0000'));
    expect(pushed).toEqual([`010203${'00'.repeat(21)}`, `010203040506${'00'.repeat(18)}`]);
  });

  it('passes over the time code, which the length does not count', () => {
    const { receiver, pushed } = display();
    receiver.receive(bytes('51 00 0b 01 00000000 0003 deadbeef 0a0b0c'));
    expect(pushed[0]?.slice(0, 6)).toBe('0a0b0c');
  });

  it.each(['0b', '00', '01'])('takes RGB of type 0x%s', (type) => {
    const { receiver } = display();
    receiver.receive(bytes(`40 00 ${type} 01 00000000 0003 010203`));
    expect(receiver.statistics().refused).toBe(0);
    expect([...receiver.frameBuffer.subarray(0, 3)]).toEqual([1, 2, 3]);
  });

  it('takes what is meant for all displays (id 255)', () => {
    const { receiver, pushed } = display();
    receiver.receive(bytes('41 00 0b ff 00000000 0003 010203'));
    expect(pushed).toHaveLength(1);
  });

  it('takes data up to the very last byte of the frame buffer', () => {
    const { receiver } = display();
    receiver.receive(bytes('40 00 0b 01 00000017 0001 7f'));
    expect(receiver.frameBuffer[23]).toBe(0x7f);
  });
});

describe('refusals', () => {
  const cases: [reason: RefusalReason, what: string, packet: string][] = [
    ['short', 'no whole header', '40 01 0b 01 00000000 00'],
    ['short', 'nothing at all', ''],
    ['version', 'version 0', '01 00 0b 01 00000000 0003 010203'],
    ['version', 'version 2', '81 00 0b 01 00000000 0003 010203'],
    ['version', 'version 3', 'c1 00 0b 01 00000000 0003 010203'],
    ['reply', 'an answer of another device', '45 00 0b 01 00000000 0003 010203'],
    ['storage', 'data from a storage that it does not have', '49 00 0b 01 00000000 0003 010203'],
    ['id', 'another display', '41 00 0b 02 00000000 0003 010203'],
    ['id', 'DMX for id 254', '41 00 0b fe 00000000 0003 010203'],
    ['id', 'a query of JSON control', '42 00 00 f6 00000000 0000'],
    ['type', 'RGBW', '41 00 1b 01 00000000 0004 01020304'],
    ['type', 'grey', '41 00 23 01 00000000 0003 010203'],
    ['length', 'more said than sent', '41 00 0b 01 00000000 0006 010203'],
    ['length', 'less said than sent', '41 00 0b 01 00000000 0003 01020304'],
    ['length', 'a time code that is not there', '51 00 0b 01 00000000 0003 010203'],
    ['range', 'one byte beyond the buffer', '41 00 0b 01 00000016 0003 010203'],
    ['range', 'an offset beyond the buffer', '41 00 0b 01 00000018 0001 01'],
    ['range', 'an offset near the end of 32 bits', '41 00 0b 01 fffffffe 0003 010203'],
  ];

  it.each(cases)('%s: %s', (reason, _what, packet) => {
    const { receiver, pushed } = display();
    expect(receiver.receive(bytes(packet))).toBeNull();
    const { refused, refusedBy } = receiver.statistics();
    expect(refused).toBe(1);
    expect(refusedBy[reason]).toBe(1);
    expect(pushed).toEqual([]);
    expect(receiver.frameBuffer.every((value) => value === 0)).toBe(true);
  });

  it('length: a datagram that no Ethernet frame holds', () => {
    const receiver = new DdpReceiver({ widthPx: 600, heightPx: 1 }, IDENTITY, () => undefined);
    const send = (length: number): void => {
      const packet = Buffer.alloc(10 + length, 1);
      packet.set(bytes('40 00 0b 01 00000000'));
      packet.writeUInt16BE(length, 8);
      receiver.receive(packet);
    };
    send(1_440);
    send(1_462);
    expect(receiver.statistics().refused).toBe(0);
    send(1_463);
    expect(receiver.statistics().refusedBy.length).toBe(1);
  });
});

describe('sequence numbers', () => {
  function statisticsOf(sequences: number[]): ReturnType<DdpReceiver['statistics']> {
    const { receiver } = display();
    sequences.forEach((sequence, index) => {
      const packet = bytes('40 00 0b 01 00000000 0001 00');
      packet[1] = sequence;
      packet[7] = index % 20;
      receiver.receive(packet);
    });
    return receiver.statistics();
  }

  it('run from 1 to 15 and begin again with 1', () => {
    const twice = [...Array(31).keys()].map((index) => (index % 15) + 1);
    expect(statisticsOf(twice)).toMatchObject({ sequenceErrors: 0, lostPackets: 0 });
  });

  it('tell what is missing, also over the turn', () => {
    expect(statisticsOf([1, 2, 5])).toMatchObject({ sequenceErrors: 1, lostPackets: 2 });
    expect(statisticsOf([14, 2])).toMatchObject({ sequenceErrors: 1, lostPackets: 2 });
  });

  it('say nothing when they are 0', () => {
    expect(statisticsOf([0, 0, 0, 7, 0, 9])).toMatchObject({ sequenceErrors: 0, lostPackets: 0 });
  });

  it('mark the second of two equal packets as a duplicate, which changes and pushes nothing', () => {
    const { receiver, pushed } = display();
    receiver.receive(bytes('41 03 0b 01 00000000 0003 010203'));
    receiver.receive(bytes('41 03 0b 01 00000000 0003 010203'));
    expect(pushed).toHaveLength(1);
    expect(receiver.statistics()).toMatchObject({ duplicates: 1, sequenceErrors: 0, frames: 1 });
  });
});

describe('queries', () => {
  function answerTo(packet: string): { header: string; json: unknown } {
    const answer = Buffer.from(display().receiver.receive(bytes(packet)) ?? []);
    expect(answer.readUInt16BE(8)).toBe(answer.byteLength - 10);
    const body = answer.subarray(10).toString('utf8');
    return { header: answer.subarray(0, 8).toString('hex'), json: body === '' ? null : JSON.parse(body) };
  }

  it('of the status (id 251): R and P set, same id, offset 0', () => {
    const { header, json } = answerTo('42 00 00 fb 00000000 0000');
    expect(header).toBe('450000fb00000000');
    expect(json).toEqual({
      status: { man: 'maker', mod: 'model', ver: '1', mac: '02:00:00:00:00:01', push: true, ntp: false },
    });
  });

  it('of the configuration (id 250)', () => {
    const { header, json } = answerTo('42 00 00 fa 00000000 0000');
    expect(header).toBe('450000fa00000000');
    expect(json).toMatchObject({ config: { nm: 'name', ports: [{ l: 8 }] } });
  });

  it('of the pixels (id 1), which cannot be read: an answer without data', () => {
    expect(answerTo('42 00 0b 01 00000000 0003')).toEqual({ header: '4500000100000000', json: null });
  });
});
