import type { Template } from './template.js';

/** What can stand in a count's place: a number, a short text, or nothing that may be shown. */
export type TickerValue = number | string | null;

/** A part of a strip that is placed as one: short, so that a line can end behind any of them. */
export type StripToken =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'separator' }
  | { readonly kind: 'field'; readonly source: string; readonly field: string };

const LONGEST_TOKEN_CHARACTERS = 12;
const SEPARATOR = /\s+[·•|｜]\s+/u;
const BREAKS_AFTER = /[\s、，。；：！？,.;:!?）」』》”]$/u;
const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/**
 * Divides a text into the parts that a strip is set from. A middle dot or a bar with spaces around it is a separator,
 * which gets air and a dot of its own; long texts are cut, where possible behind punctuation.
 */
export function stripTokens(template: Template): readonly StripToken[] {
  return template.tokens.flatMap((token): StripToken[] => {
    if (token.kind === 'field') return [{ kind: 'field', source: token.source, field: token.field }];
    return token.text.split(SEPARATOR).flatMap((text, index): StripToken[] => {
      const parts = cut(text).map((part): StripToken => ({ kind: 'text', text: part }));
      return index === 0 ? parts : [{ kind: 'separator' }, ...parts];
    });
  });
}

function cut(text: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  let length = 0;
  for (const { segment } of segmenter.segment(text.replace(/\s+/gu, ' '))) {
    part += segment;
    length += 1;
    const isGoodPlace = length >= LONGEST_TOKEN_CHARACTERS / 2 && BREAKS_AFTER.test(part);
    if (isGoodPlace || length >= LONGEST_TOKEN_CHARACTERS) {
      parts.push(part);
      part = '';
      length = 0;
    }
  }
  if (part !== '') parts.push(part);
  return parts;
}
