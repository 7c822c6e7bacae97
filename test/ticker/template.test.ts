import { describe, expect, it } from 'vitest';
import { GlasshallError } from '../../src/core/errors.js';
import { formatCount } from '../../src/ticker/format.js';
import { tickerSpeed } from '../../src/ticker/speed.js';
import { stripTokens } from '../../src/ticker/strip-token.js';
import { fieldsOf, parseTemplate } from '../../src/ticker/template.js';

describe('a ticker text', () => {
  it('is taken apart at its counts', () => {
    expect(parseTemplate('当前等候 {queue.waiting} 人 · 正在办理 { desk-2.nowServing }').tokens).toEqual([
      { kind: 'text', text: '当前等候 ' },
      { kind: 'field', source: 'queue', field: 'waiting' },
      { kind: 'text', text: ' 人 · 正在办理 ' },
      { kind: 'field', source: 'desk-2', field: 'nowServing' },
    ]);
  });

  it('may be empty, and holds literal braces written twice', () => {
    expect(parseTemplate('').tokens).toEqual([]);
    expect(parseTemplate('a {{b}} {c.d}}}').tokens).toEqual([
      { kind: 'text', text: 'a {b} ' },
      { kind: 'field', source: 'c', field: 'd' },
      { kind: 'text', text: '}' },
    ]);
  });

  it.each([
    ['等候 {queue.waiting', 'unclosed-brace', 3],
    ['{a.b {c.d}', 'unclosed-brace', 0],
    ['人 } 人', 'stray-brace', 2],
    ['x {} y', 'empty-field', 2],
    ['x {  } y', 'empty-field', 2],
    ['{waiting}', 'bad-field', 0],
    ['{a.b.c}', 'bad-field', 0],
    ['{queue.}', 'bad-field', 0],
    ['{<b>.x}', 'bad-field', 0],
  ])('is refused with the place: %j', (text, reason, position) => {
    try {
      parseTemplate(text);
      expect.unreachable();
    } catch (failure) {
      expect(failure).toBeInstanceOf(GlasshallError);
      expect(failure).toMatchObject({ code: 'bad-template', parameters: { reason, position } });
    }
  });

  it('is refused when it is too long', () => {
    expect(() => parseTemplate('长'.repeat(2_001))).toThrow(expect.objectContaining({ code: 'text-too-long' }));
    expect(parseTemplate('长'.repeat(2_000)).tokens).toHaveLength(1);
  });

  it('names each count once', () => {
    expect(fieldsOf(parseTemplate('{a.x} {b.x} {a.x}'))).toEqual([
      { source: 'a', field: 'x' },
      { source: 'b', field: 'x' },
    ]);
  });

  it('is set from short tokens that add up to it, with separators of their own', () => {
    const text = `监督电话 0813-0000000，欢迎来电。${'办事不求人'.repeat(9)} · 下一句 | 末句`;
    const tokens = stripTokens(parseTemplate(text));
    expect(tokens.map((token) => (token.kind === 'text' ? token.text : '/')).join('')).toBe(
      text.replace(' · ', '/').replace(' | ', '/'),
    );
    for (const token of tokens) if (token.kind === 'text') expect(token.text.length).toBeLessThanOrEqual(12);
  });
});

describe('a count', () => {
  it.each([
    [0, '0'],
    [7, '7'],
    [1204, '1,204'],
    [8_812_345, '8,812,345'],
    [3.5, '3.5'],
    [2.25, '2.3'],
    [-0, '0'],
    ['A047', 'A047'],
    [' B\n12 ', 'B 12'],
    ['x'.repeat(30), `${'x'.repeat(23)}…`],
    ['\u202eevil', 'evil'],
  ])('%j is read as %j', (value, text) => {
    expect(formatCount(value)).toBe(text);
  });

  it.each([[null], [undefined], [Number.NaN], [Number.POSITIVE_INFINITY], [-1], [-0.4], [1e12], [''], [' \n ']])(
    '%j is read as —',
    (value) => {
      expect(formatCount(value)).toBe('—');
    },
  );
});

describe('the speed', () => {
  it.each([
    // 70 characters of 38 px a minute are 2,660 px a minute; 25 fps have 1,500 ticks in it.
    [70, 38, 25, 2],
    [70, 38, 60, 1],
    [10, 32, 60, 1],
    [600, 76, 30, 25],
  ])('%d characters a minute of %d px at %d fps is %d px a tick', (characters, font, rate, pixels) => {
    const speed = tickerSpeed(characters, font, rate);
    expect(speed.pixelsPerTick).toBe(pixels);
    expect(speed.charactersPerMinute).toBeCloseTo((pixels * rate * 60) / font, 9);
  });
});
