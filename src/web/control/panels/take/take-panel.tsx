import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { useDesk } from '../../desk.js';
import { Icon } from '../../parts/icon.js';
import { Announcer } from './announcer.js';
import './take-panel.css';

/**
 * CUT and blackout: the two presses that the public sees. When their place has been scrolled away, they come along at
 * the lower edge: nobody may have to look for the blackout.
 */
export function TakePanel() {
  const { texts } = useDesk();
  const place = useRef<HTMLDivElement>(null);
  const away = useSignal(false);
  useEffect(() => {
    if (place.current === null) return undefined;
    const observer = new IntersectionObserver((entries) => (away.value = entries.at(-1)?.isIntersecting === false));
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [away]);
  return (
    <div class="take-place" ref={place}>
      <section class={`take ${away.value ? 'is-docked' : ''}`} aria-label={texts.value.take.heading}>
        <CutButton />
        <BlackoutButton />
        <Announcer />
      </section>
    </div>
  );
}

function CutButton() {
  const { hall, texts, commands, may, preferences } = useDesk();
  const words = texts.value.take;
  return (
    <button
      class="take-cut"
      type="button"
      title={words.cutHint}
      disabled={!may.value.operate || hall.wall.value?.studioMode !== true}
      aria-busy={commands.pending.value.has('cut')}
      onClick={() => void commands.cut()}
    >
      <Icon name="cut" />
      <span class="take-words">{words.cut}</span>
      <span class="take-tag">{words.cutTag}</span>
      {preferences.shortcuts.value && <kbd aria-hidden="true">{words.space}</kbd>}
    </button>
  );
}

function BlackoutButton() {
  const { hall, texts, commands, may, preferences } = useDesk();
  const words = texts.value.take;
  const black = hall.wall.value?.blackout === true;
  return (
    <button
      class="take-blackout"
      type="button"
      disabled={black ? !may.value.operate : !may.value.blackOut}
      aria-pressed={black}
      aria-busy={commands.pending.value.has('blackout')}
      onClick={() => void commands.toggleBlackout()}
    >
      <span class="take-words">{words.blackout}</span>
      <span class="take-tag">{words.blackoutTag}</span>
      {preferences.shortcuts.value && <kbd aria-hidden="true">B</kbd>}
      <span class="take-state">{black ? words.blackoutActive : words.blackoutInactive}</span>
    </button>
  );
}
