import { useDesk } from '../desk.js';
import { durationWords } from '../i18n/languages.js';
import type { PictureRequest } from '../pictures/picture-feed.js';
import { usePictures } from './use-pictures.js';
import type { Painted } from './use-pictures.js';
import './picture.css';

/** A picture older than this is no longer "now": it is greyed, and says how old it is. */
const OLD_AFTER_MS = 3_000;

/**
 * A live picture.
 * @param request must be the same object until something else is wanted
 */
export function Picture(props: { readonly request: PictureRequest; readonly alt: string; readonly waiting: string }) {
  const { clock, texts, link } = useDesk();
  const { canvas, painted, hasPicture } = usePictures(props.request);
  const ageMs = ageOf(painted.current, clock.now.value, link.serverClock.now());
  const old = hasPicture.value && ageMs > OLD_AFTER_MS;
  const words = texts.value;
  return (
    <div class={`picture ${old ? 'is-old' : ''} ${hasPicture.value ? '' : 'is-empty'}`}>
      <canvas ref={canvas} width={16} height={9} role="img" aria-label={props.alt} />
      {!hasPicture.value && <span class="picture-waiting">{props.waiting}</span>}
      {old && <span class="picture-age">{words.buses.pictureAge(durationWords(words, ageMs))}</span>}
    </div>
  );
}

/**
 * How old the picture is: since it was painted here, or since it was made there if that is longer. A wall that hangs
 * and sends its last picture again and again is old, however fresh the message.
 */
function ageOf(painted: Painted | null, nowMs: number, serverNowMs: number): number {
  return painted === null ? 0 : Math.max(nowMs - painted.atMs, serverNowMs - painted.timeMs - 1_000);
}
