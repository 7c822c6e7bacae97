import { useDesk } from '../../desk.js';
import { Icon } from '../../parts/icon.js';
import type { ViewId } from '../../state/place.js';
import { Emergency } from '../emergency/emergency.js';
import { Navigation } from '../navigation/navigation.js';
import { HealthLine } from './health-line.js';
import './header.css';

/** The bar of every view: which wall this is, how it is, what one can do, and what must be in reach at any time. */
export function Header(props: {
  readonly views: readonly ViewId[];
  readonly view: ViewId;
  readonly onShortcuts: () => void;
}) {
  const { hall, texts, preferences } = useDesk();
  const { views, view, onShortcuts } = props;
  const words = texts.value;
  const wall = hall.wall.value?.wall;
  const switchLanguage = (): void => {
    preferences.language.value = preferences.language.value === 'en' ? 'zh-CN' : 'en';
  };
  return (
    <header class="header">
      <h1 class="header-name">{wall?.name ?? 'glasshall'}</h1>
      {wall?.rehearsal === true && (
        <span class="header-rehearsal" title={words.header.rehearsalHint}>
          {words.header.rehearsal}
        </span>
      )}
      {views.length > 0 && <Navigation views={views} current={view} />}
      <HealthLine />
      {views.length > 0 && <Emergency />}
      <div class="header-actions">
        {wall?.rehearsal === true && (
          <a class="button is-quiet header-screen" href="/screen" target="_blank" rel="noreferrer">
            {words.header.openScreen}
          </a>
        )}
        <button class="button is-quiet header-keys" type="button" onClick={onShortcuts}>
          <Icon name="keyboard" />
          <span>{words.shortcuts.heading}</span>
        </button>
        <button
          class="button is-quiet"
          type="button"
          lang={preferences.language.value === 'en' ? 'zh-CN' : 'en'}
          aria-label={`${words.language.other} · ${words.language.switchToOther}`}
          onClick={switchLanguage}
        >
          {words.language.other}
        </button>
        <Person />
      </div>
    </header>
  );
}

/** Who is signed in; nothing where nobody has to be (the local user of a rehearsal). */
function Person() {
  const { texts, link } = useDesk();
  const words = texts.value.header;
  const person = link.person.value;
  if (person === null || !link.tokenNeeded.value || link.state.value.kind !== 'open') return null;
  return (
    <>
      <span class="header-person">
        {person.name} · {words.roles[person.role]}
      </span>
      <button class="button is-quiet" type="button" onClick={link.signOut}>
        {words.signOut}
      </button>
    </>
  );
}
