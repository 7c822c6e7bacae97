import { describe, expect, it } from 'vitest';
import { ControllerFailure } from '../../src/controller/controller-failure.js';
import { parseAnswer } from '../../src/controller/drivers/novastar/discovery.js';
import { ALL_CARDS, AnswerReader, encodeRequest } from '../../src/controller/drivers/novastar/frame.js';
import { brightnessValue, cardStatus, REGISTERS } from '../../src/controller/drivers/novastar/registers.js';

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');

describe('a NovaStar request', () => {
  it('equals the published example that sets all cards to 50 %', () => {
    const data = new Uint8Array(5).fill(0x80);
    const frame = encodeRequest({ card: ALL_CARDS, register: REGISTERS.brightness, serial: 0x15, kind: 'write', data });
    expect(frame).toEqual(bytes('55 AA 00 15 FE 00 01 FF FF FF 01 00 01 00 00 02 05 00 80 80 80 80 80 EF 5B'));
  });

  it('equals the published example that sets the first card to 50 %', () => {
    const data = Uint8Array.of(0x80);
    const card = { port: 0, card: 0 };
    const frame = encodeRequest({ card, register: REGISTERS.brightness, serial: 0x15, kind: 'write', data });
    expect(frame).toEqual(bytes('55 AA 00 15 FE 00 01 00 00 00 01 00 01 00 00 02 01 00 80 EE 56'));
  });

  it('equals the published example that asks for the signal of the DVI input', () => {
    const frame = encodeRequest({
      card: 'sending-card',
      register: REGISTERS.dviSignal,
      serial: 0x16,
      kind: 'read',
      byteCount: 1,
    });
    expect(frame).toEqual(bytes('55 AA 00 16 FE 00 00 00 00 00 00 00 17 00 00 02 01 00 83 56'));
  });

  it('names a card by its port and its place', () => {
    const card = { port: 3, card: 0x0102 };
    const frame = encodeRequest({ card, register: REGISTERS.status, serial: 255, kind: 'read', byteCount: 0x100 });
    expect(frame.subarray(3, 18)).toEqual(bytes('FF FE 00 01 03 02 01 00 00 00 00 00 0A 00 01'));
  });
});

describe('the reader of NovaStar answers', () => {
  const answer = bytes('AA 55 00 15 00 FE 01 00 00 00 01 00 01 00 00 02 00 00 6D 56');

  it('takes the published answer, in one piece and byte by byte', () => {
    const expected = { acknowledgement: 0, serial: 0x15, register: 0x02000001, data: Buffer.alloc(0) };
    expect(new AnswerReader().push(answer)).toEqual([expected]);
    const reader = new AnswerReader();
    const found = [...answer].flatMap((byte) => reader.push(Buffer.of(byte)));
    expect(found).toEqual([expected]);
    expect(reader.isMidAnswer).toBe(false);
  });

  it('takes two answers that come together, and keeps the beginning of a third', () => {
    const reader = new AnswerReader();
    expect(reader.push(Buffer.concat([answer, answer, answer.subarray(0, 7)]))).toHaveLength(2);
    expect(reader.isMidAnswer).toBe(true);
  });

  it.each([
    ['another head', Buffer.from('HTTP/1.1 400'), 'garbage'],
    ['a wrong checksum', Buffer.concat([answer.subarray(0, -1), Buffer.of(0)]), 'garbage'],
    ['a length beyond every answer', Buffer.concat([answer.subarray(0, 16), bytes('FF FF')]), 'oversize'],
  ])('refuses %s', (_, stream, reason) => {
    expect(() => new AnswerReader().push(stream)).toThrow(new ControllerFailure(reason as 'garbage' | 'oversize'));
  });
});

describe('NovaStar registers', () => {
  it.each([
    [0, 0],
    [0.1, 1],
    [3, 8],
    [50, 128],
    [100, 255],
    [150, 255],
  ])('make of %f %% the value %i', (percent, value) => expect(brightnessValue(percent)).toBe(value));

  it.each([
    ['80 4C 00 AB', 38, 4.3],
    ['81 0A 00 AB', -5, 4.3],
    ['00 4C 00 2B', null, null],
  ])('read %s as %s °C and %s V', (hex, temperatureCelsius, voltageVolts) => {
    expect(cardStatus(bytes(hex))).toEqual({ temperatureCelsius, voltageVolts });
  });
});

describe('a NovaStar answer to the question over UDP', () => {
  it.each([
    ['rpProMI:App,0161', 'App,0161'],
    ['rpProMI:App\n\u0000', 'App'],
    ['rqProMI:', null],
    ['', null],
  ])('%j', (datagram, expected) => expect(parseAnswer(Buffer.from(datagram, 'latin1'))).toBe(expected));
});
