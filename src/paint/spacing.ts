const OPENING = new Set('「『（《〈【〔［｛“‘');
const CLOSING = new Set('」』）》〉】〕］｝”’、，。．：；');
const MIDDLE_DOT = '·';
const HAN = /\p{Script=Han}/u;
const WESTERN = /[A-Za-z0-9]/;

/** A part of a line and how far it is moved, in ems, from where the pen stands. */
export type SpacedPiece = { readonly text: string; readonly shiftEm: number };

/**
 * How far the second of two neighbouring characters is moved, in ems. Chinese punctuation carries half an em of air on
 * one side; where two marks meet, print closes them up by that half (W3C "Requirements for Chinese Text Layout", 3.1.6).
 * Between Chinese and Western characters that touch, an eighth of an em is put (CSS Text 4, `text-autospace`).
 */
export function shiftBetween(left: string, right: string): number {
  if (CLOSING.has(left) && (CLOSING.has(right) || OPENING.has(right))) return -0.5;
  if (OPENING.has(left) && OPENING.has(right)) return -0.5;
  // The middle dot is a whole em wide in Chinese fonts; with spaces typed around it, it would stand in a hole.
  if ((left === ' ' && right === MIDDLE_DOT) || (left === MIDDLE_DOT && right === ' ')) return -0.25;
  if ((HAN.test(left) && WESTERN.test(right)) || (WESTERN.test(left) && HAN.test(right))) return 0.125;
  return 0;
}

/**
 * The air, in ems, that full-width marks at the ends of a line bring with them: a line on a plate or in the middle of
 * something looks shifted unless it is taken off.
 */
export function outerAirEm(line: string): { readonly left: number; readonly right: number } {
  return {
    left: OPENING.has(firstCharacter(line)) ? 0.5 : 0,
    right: CLOSING.has(lastCharacter(line)) ? 0.5 : 0,
  };
}

/** Divides a line wherever two neighbours are set closer or wider than the font says. */
export function spacedPieces(line: string): readonly SpacedPiece[] {
  const pieces: { text: string; shiftEm: number }[] = [];
  let previous = '';
  for (const character of line) {
    const shiftEm = shiftBetween(previous, character);
    const last = pieces.at(-1);
    if (last === undefined || shiftEm !== 0) pieces.push({ text: character, shiftEm });
    else last.text += character;
    previous = character;
  }
  return pieces;
}

/** The first character of a text as `shiftBetween` wants it, empty for an empty text. */
export function firstCharacter(text: string): string {
  return Array.from(text.slice(0, 2)).at(0) ?? '';
}

/** The last character of a text as `shiftBetween` wants it, empty for an empty text. */
export function lastCharacter(text: string): string {
  return Array.from(text.slice(-2)).at(-1) ?? '';
}
