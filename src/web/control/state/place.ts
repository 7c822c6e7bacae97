import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';

/** Every view there can be, in the order of the navigation. */
export const VIEW_IDS = ['operate', 'layouts', 'programme', 'ticker', 'wall', 'records'] as const;
export type ViewId = (typeof VIEW_IDS)[number];

/** Where the page is: a view, and what in it, such as a layout's id; null for the view as a whole. */
export type Place = { readonly view: ViewId; readonly detail: string | null };

const FIRST: Place = { view: 'operate', detail: null };

/** Reads the fragment of the page's address, `#/layouts/four`; whatever it does not know leads to the first view. */
export function placeOf(hash: string): Place {
  const [, name, detail] = /^#\/([a-z]+)(?:\/([^/]+))?$/.exec(hash) ?? [];
  const view = VIEW_IDS.find((id) => id === name);
  if (view === undefined) return FIRST;
  try {
    return { view, detail: detail === undefined ? null : decodeURIComponent(detail) };
  } catch {
    // Somebody has cut the address in the middle of a character.
    return { view, detail: null };
  }
}

/** The fragment that leads to a place. */
export function hashOf({ view, detail }: Place): string {
  return detail === null ? `#/${view}` : `#/${view}/${encodeURIComponent(detail)}`;
}

/** Follows the address, so that reload, back and a link lead to the same view. */
export function followPlace(): ReadonlySignal<Place> {
  const place = signal(placeOf(window.location.hash));
  window.addEventListener('hashchange', () => (place.value = placeOf(window.location.hash)));
  return place;
}

/** Goes somewhere else, as a link does. */
export function goTo(view: ViewId, detail: string | null = null): void {
  window.location.hash = hashOf({ view, detail });
}
