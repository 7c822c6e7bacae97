import { useSignal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { RefObject } from 'preact';
import { useDesk } from '../desk.js';
import type { PictureRequest } from '../pictures/picture-feed.js';

/** When the last picture was painted (`performance.now()`), and the server's time at which it was made. */
export type Painted = { readonly atMs: number; readonly timeMs: number };

/**
 * Paints live pictures onto a canvas, past the framework. They are asked for while the canvas can be seen.
 * @param request must be the same object until something else is wanted
 */
export function usePictures(request: PictureRequest): {
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly painted: RefObject<Painted | null>;
  readonly hasPicture: ReadonlySignal<boolean>;
} {
  const { pictures } = useDesk();
  const canvas = useRef<HTMLCanvasElement>(null);
  const painted = useRef<Painted>(null);
  const hasPicture = useSignal(false);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d', { alpha: false });
    if (element === null || context === null || context === undefined) return undefined;
    let stop: (() => void) | null = null;
    const start = (): void => {
      stop ??= pictures.watch(request, ({ bitmap, timeMs }) => {
        if (element.width !== bitmap.width || element.height !== bitmap.height) {
          element.width = bitmap.width;
          element.height = bitmap.height;
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
    observer.observe(element);
    return () => {
      observer.disconnect();
      end();
      painted.current = null;
      hasPicture.value = false;
    };
  }, [pictures, request, hasPicture]);
  return { canvas, painted, hasPicture };
}
