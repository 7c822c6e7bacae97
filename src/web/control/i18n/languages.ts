import { en } from './en/index.js';
import { zhCn } from './zh-cn/index.js';
import type { Texts } from './zh-cn/index.js';

export type { Texts } from './zh-cn/index.js';
export type LanguageCode = 'zh-CN' | 'en';

/** Every language the page speaks. */
export const DICTIONARIES: Readonly<Record<LanguageCode, Texts>> = { 'zh-CN': zhCn, en };

/** The words for a code, or null where the dictionary has none: newer servers may send codes that this page does not know. */
export function wordsFor(words: Readonly<Record<string, string>>, code: string): string | null {
  return Object.hasOwn(words, code) ? (words[code] ?? null) : null;
}

/** Words for the reason of a camera, count or output; the code itself where there are none. */
export function reasonWords(texts: Texts, code: string): string {
  return wordsFor(texts.reasons, code) ?? code;
}

/** Words for what a controller does other than wanted; the code itself where there are none. */
export function alarmWords(
  { controllers: words }: Texts,
  { code, wanted, reported }: { readonly code: string; readonly wanted: unknown; readonly reported: unknown },
): string {
  if (typeof wanted === 'number' && typeof reported === 'number') {
    const figures: Readonly<Record<string, (wanted: number, found: number) => string>> = words.figures;
    return Object.hasOwn(figures, code) ? (figures[code]?.(wanted, reported) ?? code) : code;
  }
  return wordsFor(reported === true ? words.is : words.isNot, code) ?? code;
}

/** An age in words, whole seconds. */
export function durationWords(texts: Texts, durationMs: number): string {
  return texts.duration(Math.max(0, Math.floor(durationMs / 1_000)));
}
