import { describe, expect, it } from 'vitest';
import {
  blackCommand,
  brightnessCommand,
  freezeCommand,
  parseSearchAnswer,
} from '../../src/controller/drivers/colorlight/packet.js';

const hex = (packet: Uint8Array): string => Buffer.from(packet).toString('hex');

/** What the maker's own module sends. */
describe('a Colorlight command', () => {
  it.each([
    ['black on, all, V', blackCommand('v', undefined, true), '10100012000000ffff020000000000000001'],
    ['black off, second device, V', blackCommand('v', 2, false), '101000120000000100020000000000000000'],
    ['black on, all, Z', blackCommand('z', undefined, true), '110011000000ffff000000000000000000'],
    ['black off, all, Z', blackCommand('z', undefined, false), '110011000000ffff000000000000000001'],
    ['freeze on, all, V', freezeCommand('v', undefined, true), '11100012000000ffff020000000000000001'],
    ['freeze on, first device, Z', freezeCommand('z', 1, true), '1200110000000000000000000000000001'],
    ['50 %, all, V', brightnessCommand('v', undefined, 50), '50100013000000ffff02000000000000008813'],
    ['100 %, all, V', brightnessCommand('v', undefined, 100), '50100013000000ffff02000000000000001027'],
    ['50 %, all, Z', brightnessCommand('z', undefined, 50), '210014000000ffff000000000000000000004842'],
  ])('%s', (_, packet, expected) => expect(hex(packet)).toBe(expected));
});

describe('a Colorlight answer', () => {
  it('has kind and model; a short one and another one are told apart', () => {
    const answer = Buffer.alloc(24);
    answer[0] = 0xea;
    answer[22] = 2;
    answer[23] = 7;
    expect(parseSearchAnswer(answer)).toEqual({ description: 'Colorlight processor, model 0x07' });
    expect(parseSearchAnswer(answer.subarray(0, 23))).toBe('short');
    expect(parseSearchAnswer(Buffer.from('hello'))).toBeNull();
    expect(parseSearchAnswer(Buffer.alloc(0))).toBeNull();
  });
});
