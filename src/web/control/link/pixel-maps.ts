import { computed, effect } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { RequestError } from '../protocol/request-error.js';
import { callVendor } from '../protocol/vendor-call.js';
import type { Hall } from '../state/hall.js';
import type { Link } from './link.js';

/** Asks for the pixel maps while somebody wants to see them: at once, when the link is back, and when the wall changed. */
export function keepPixelMaps(hall: Hall, link: Link, wanted: ReadonlySignal<boolean>): void {
  const isLinked = computed(() => link.state.value.kind === 'open');
  const revision = computed(() => hall.wall.value?.revision ?? null);
  effect(() => {
    if (!wanted.value) {
      hall.pixelMaps.value = null;
    } else if (isLinked.value && revision.value !== null) {
      callVendor(link.connection(), 'GetPixelMaps', {}).then(
        ({ pixelMaps }) => {
          if (wanted.peek()) hall.pixelMaps.value = pixelMaps;
        },
        (thrown: unknown) => {
          // Lost with the connection: it is asked for again when that is back.
          if (!(thrown instanceof RequestError)) throw thrown;
        },
      );
    }
  });
}
