import { useDesk } from '../../desk.js';
import { Disclosure } from '../../parts/disclosure.js';
import { Icon } from '../../parts/icon.js';
import { THEMES } from '../../state/preferences.js';
import './menu.css';

/** What a person prefers on this device, who is signed in, and what is seldom wanted. */
export function Menu({ onShortcuts }: { readonly onShortcuts: () => void }) {
  const { hall, texts, preferences } = useDesk();
  const words = texts.value;
  const switchLanguage = (): void => {
    preferences.language.value = preferences.language.value === 'en' ? 'zh-CN' : 'en';
  };
  return (
    <Disclosure class="menu" label={words.header.menu} summary={<Icon name="menu" />}>
      <Person />
      <fieldset class="choice menu-themes">
        <legend>{words.header.theme}</legend>
        {THEMES.map((theme) => (
          <label key={theme}>
            <input
              type="radio"
              name="theme"
              checked={preferences.theme.value === theme}
              onChange={() => (preferences.theme.value = theme)}
            />
            <span>{words.header.themes[theme]}</span>
          </label>
        ))}
      </fieldset>
      <button
        class="button is-quiet menu-entry"
        type="button"
        lang={preferences.language.value === 'en' ? 'zh-CN' : 'en'}
        aria-label={`${words.language.other} · ${words.language.switchToOther}`}
        onClick={switchLanguage}
      >
        {words.language.other}
      </button>
      <button class="button is-quiet menu-entry" type="button" onClick={onShortcuts}>
        {words.shortcuts.heading}
      </button>
      {hall.wall.value?.wall.rehearsal === true && (
        <a class="button is-quiet menu-entry" href="/screen" target="_blank" rel="noreferrer">
          {words.header.openScreen}
        </a>
      )}
    </Disclosure>
  );
}

/** Who is signed in; nothing where nobody has to be (the local user of a rehearsal). */
function Person() {
  const { texts, link } = useDesk();
  const words = texts.value.header;
  const person = link.person.value;
  if (person === null || !link.tokenNeeded.value || link.state.value.kind !== 'open') return null;
  return (
    <div class="menu-person">
      <span>
        {person.name} · {words.roles[person.role]}
      </span>
      <button class="button" type="button" onClick={link.signOut}>
        {words.signOut}
      </button>
    </div>
  );
}
