import { useDesk } from '../../desk.js';
import { hashOf } from '../../state/place.js';
import type { ViewId } from '../../state/place.js';
import './navigation.css';

/** The views, as links: they can be reached by keyboard, opened beside each other, and sent to somebody. */
export function Navigation({ views, current }: { readonly views: readonly ViewId[]; readonly current: ViewId }) {
  const { texts } = useDesk();
  const words = texts.value.views;
  return (
    <nav class="navigation" aria-label={words.navigation}>
      <ul>
        {views.map((id) => (
          <li key={id}>
            <a href={hashOf({ view: id, detail: null })} aria-current={id === current ? 'page' : undefined}>
              {words.names[id]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
