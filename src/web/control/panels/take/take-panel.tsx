import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { useDesk } from '../../desk.js';
import { Icon } from '../../parts/icon.js';
import './take-panel.css';

/** CUT: the press that the public sees. When its place has been scrolled away, it comes along at the lower edge. */
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
      onClick={() => void commands.switching.cut()}
    >
      <Icon name="cut" />
      <span class="take-words">{words.cut}</span>
      <span class="take-tag">{words.cutTag}</span>
      {preferences.shortcuts.value && <kbd aria-hidden="true">{words.space}</kbd>}
    </button>
  );
}
