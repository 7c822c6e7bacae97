import { useDesk } from '../../desk.js';
import { Icon } from '../../parts/icon.js';
import { HealthLine } from './health-line.js';
import './header.css';

/** Which wall this is, how it is, and what the person at the desk prefers. */
export function Header({ onShortcuts }: { readonly onShortcuts: () => void }) {
  const { hall, texts, preferences } = useDesk();
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
      <HealthLine />
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
