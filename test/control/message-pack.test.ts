import { describe, expect, test } from 'vitest';
import { decodeMessagePack, encodeMessagePack } from '../../src/control/obs/message-pack.js';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

// github.com/msgpack/msgpack, spec.md, "Formats": the bytes of each format at its bounds.
const pairs: readonly (readonly [unknown, string])[] = [
  [null, 'c0'],
  [false, 'c2'],
  [true, 'c3'],
  [0, '00'],
  [127, '7f'],
  [128, 'cc 80'],
  [255, 'cc ff'],
  [256, 'cd 0100'],
  [65_535, 'cd ffff'],
  [65_536, 'ce 00010000'],
  [4_294_967_295, 'ce ffffffff'],
  [4_294_967_296, 'cf 0000000100000000'],
  [-1, 'ff'],
  [-32, 'e0'],
  [-33, 'd0 df'],
  [-128, 'd0 80'],
  [-129, 'd1 ff7f'],
  [-32_768, 'd1 8000'],
  [-32_769, 'd2 ffff7fff'],
  [-2_147_483_649, 'd3 ffffffff7fffffff'],
  [1.5, 'cb 3ff8000000000000'],
  ['', 'a0'],
  ['大厅', 'a6 e5a4a7e58e85'],
  ['a'.repeat(31), `bf ${'61'.repeat(31)}`],
  ['a'.repeat(32), `d9 20 ${'61'.repeat(32)}`],
  ['a'.repeat(256), `da 0100 ${'61'.repeat(256)}`],
  ['a'.repeat(65_536), `db 00010000 ${'61'.repeat(65_536)}`],
  [[], '90'],
  [[1, [2]], '92 01 91 02'],
  [Array.from({ length: 16 }, () => 1), `dc 0010 ${'01'.repeat(16)}`],
  [Array.from({ length: 65_536 }, () => 1), `dd 00010000 ${'01'.repeat(65_536)}`],
  [{}, '80'],
  [{ op: 6, d: { a: null } }, '82 a2 6f70 06 a1 64 81 a1 61 c0'],
];

describe('MessagePack', () => {
  test.each(pairs.map(([value, bytes]) => ({ value, bytes, title: bytes.slice(0, 16) })))(
    '$title is written and read',
    ({ value, bytes }) => {
      expect(encodeMessagePack(value).equals(hex(bytes))).toBe(true);
      expect(decodeMessagePack(hex(bytes))).toEqual(value);
    },
  );

  test('forms that others write are read: longer than needed, single precision, maps with long headers', () => {
    expect(decodeMessagePack(hex('cd 0001'))).toBe(1);
    expect(decodeMessagePack(hex('ca 3fc00000'))).toBe(1.5);
    expect(decodeMessagePack(hex('de 0001 a1 61 01'))).toEqual({ a: 1 });
    expect(decodeMessagePack(hex('df 00000001 a1 61 01'))).toEqual({ a: 1 });
    expect(decodeMessagePack(hex('d1 0005'))).toBe(5);
  });

  test('fields without a value are left out', () => {
    expect(decodeMessagePack(encodeMessagePack({ a: undefined, b: 1 }))).toEqual({ b: 1 });
  });

  test.each([
    ['nothing', ''],
    ['text cut short', 'a5 61'],
    ['a number cut short', 'cd 01'],
    ['a list that claims four thousand million elements', 'dd ffffffff'],
    ['a map that claims as many', 'df ffffffff'],
    ['a key that is no text', '81 01 01'],
    ['bytes left over', '01 01'],
    ['an extension type', 'd4 01 00'],
    ['the unused type', 'c1'],
    ['lists a thousand deep', `${'91'.repeat(1_000)} c0`],
  ])('%s is refused', (_title, bytes) => {
    expect(() => decodeMessagePack(hex(bytes))).toThrow(expect.objectContaining({ code: 'bad-message-pack' }) as Error);
  });

  test('a key named __proto__ cannot change what an object is', () => {
    expect(() => decodeMessagePack(hex('81 a9 5f5f70726f746f5f5f 01'))).toThrow(
      expect.objectContaining({ code: 'bad-message-pack' }) as Error,
    );
  });
});
