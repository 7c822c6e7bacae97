import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { useDesk } from '../desk.js';
import { durationWords } from '../i18n/languages.js';
import type { PictureRequest } from '../pictures/picture-feed.js';
import './picture.css';

/** A picture older than this is no longer "now": it is greyed, and says how old it is. */
const OLD_AFTER_MS = 3_000;

/**
 * A live picture. Pictures are asked for while it can be seen, and drawn past the framework.
 * @param request must be the same object until something else is wanted
 */
export function Picture(props: { readonly request: PictureRequest; readonly alt: string; readonly waiting: string }) {
  const { pictures, clock, texts, link } = useDesk();
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const painted = useRef<{ readonly atMs: number; readonly timeMs: number } | null>(null);
  const hasPicture = useSignal(false);

  useEffect(() => {
    const canvas = canvasRef.current;
    const context = canvas?.getContext('2d', { alpha: false });
    if (canvas === null || context === null || context === undefined) return undefined;
    let stop: (() => void) | null = null;
    const start = (): void => {
      stop ??= pictures.watch(props.request, ({ bitmap, timeMs }) => {
        if (canvas.width !== bitmap.width || canvas.height !== bitmap.height) {
          canvas.width = bitmap.width;
          canvas.height = bitmap.height;
        }
        context.drawImage(bitmap, 0, 0);
        painted.current = { atMs: performance.now(), timeMs };
        hasPicture.value = true;
      });
    };
    const end = (): void => {
      stop?.();
      stop = null;
    };
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.at(-1)?.isIntersecting === true) start();
        else end();
      },
      // A little ahead of the scrolling finger.
      { rootMargin: '160px' },
    );
    observer.observe(canvas);
    return () => {
      observer.disconnect();
      end();
      painted.current = null;
      hasPicture.value = false;
    };
  }, [pictures, props.request, hasPicture]);

  const ageMs = ageOf(painted.current, clock.now.value, link.serverClock.now());
  const old = hasPicture.value && ageMs > OLD_AFTER_MS;
  const words = texts.value;
  return (
    <div class={`picture ${old ? 'is-old' : ''} ${hasPicture.value ? '' : 'is-empty'}`}>
      <canvas ref={canvasRef} width={16} height={9} role="img" aria-label={props.alt} />
      {!hasPicture.value && <span class="picture-waiting">{props.waiting}</span>}
      {old && <span class="picture-age">{words.buses.pictureAge(durationWords(words, ageMs))}</span>}
    </div>
  );
}

/**
 * How old the picture is: since it was painted here, or since it was made there if that is longer. A wall that hangs
 * and sends its last picture again and again is old, however fresh the message.
 */
function ageOf(
  painted: { readonly atMs: number; readonly timeMs: number } | null,
  nowMs: number,
  serverNowMs: number,
): number {
  return painted === null ? 0 : Math.max(nowMs - painted.atMs, serverNowMs - painted.timeMs - 1_000);
}
