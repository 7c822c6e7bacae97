import { useDesk } from '../../desk.js';
import type { ViewId } from '../../state/place.js';
import { Emergency } from '../emergency/emergency.js';
import { Menu } from '../menu/menu.js';
import { Navigation } from '../navigation/navigation.js';
import { HealthLine } from './health-line.js';
import './header.css';

/** The bar of every view: which wall this is, what one can do, how it is, and what must be in reach at any time. */
export function Header(props: {
  readonly views: readonly ViewId[];
  readonly view: ViewId;
  readonly onShortcuts: () => void;
}) {
  const { hall, texts } = useDesk();
  const { views, view, onShortcuts } = props;
  const words = texts.value;
  const wall = hall.wall.value?.wall;
  return (
    <header class="header">
      <div class="header-wall">
        <h1 class="header-name" title={wall?.name}>
          {wall?.name ?? 'glasshall'}
        </h1>
        {wall?.rehearsal === true && (
          <span class="header-rehearsal" title={words.header.rehearsalHint}>
            {words.header.rehearsal}
          </span>
        )}
      </div>
      {views.length > 0 && <Navigation views={views} current={view} />}
      <HealthLine />
      {views.length > 0 && <Emergency />}
      <Menu onShortcuts={onShortcuts} />
    </header>
  );
}
