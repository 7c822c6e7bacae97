import { durationWords, reasonWords } from '../i18n/languages.js';
import type { Texts } from '../i18n/languages.js';
import type { Received, Tile } from './hall.js';

/** The size and kind of a stream, such as `1920×1080 H.264`. */
export function streamWords({ widthPx, heightPx, codec }: NonNullable<Tile['stream']>): string {
  return `${widthPx}×${heightPx} ${codecName(codec)}`;
}

/** `avc1.64001e` and the like (RFC 6381) by the name that people know. */
function codecName(codec: string): string {
  if (/^(avc[1-4]|h264)/i.test(codec)) return 'H.264';
  if (/^(hvc1|hev1|h265|hevc)/i.test(codec)) return 'H.265';
  return codec;
}

/** What is to be said of a camera that is not live: reason, age of its last picture, tries. */
export function troubleWords(
  { value, receivedAtMs }: Received<Tile>,
  nowMs: number,
  serverNowMs: number,
  texts: Texts,
): readonly string[] {
  const words = texts.cameras;
  if (value.state === 'live') return [];
  const details: string[] = [];
  if (value.reason !== null) details.push(reasonWords(texts, value.reason));
  if (value.state === 'off') return details;
  if (value.ageMs === null) details.push(words.noneYet);
  else details.push(words.age(durationWords(texts, value.ageMs + Math.max(0, nowMs - receivedAtMs))));
  if (value.attempt > 0) details.push(words.attempt(value.attempt));
  if (value.nextTryAtMs !== null) {
    const waitMs = value.nextTryAtMs - serverNowMs;
    details.push(waitMs > 0 ? words.nextTry(durationWords(texts, waitMs + 999)) : words.tryingNow);
  }
  return details;
}
