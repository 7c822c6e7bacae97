import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { useDesk } from '../../desk.js';
import { wordsFor } from '../../i18n/languages.js';
import { Icon } from '../../parts/icon.js';
import './take-panel.css';

/** Durations that are offered for a fade, milliseconds; the wall's own joins them. */
const FADES_MS = [250, 500, 1_000, 1_500, 2_000, 3_000, 5_000] as const;

/**
 * What puts the preview on air, and what takes that back. When its place has been scrolled away, it comes along at the lower
 * edge.
 */
export function TakePanel() {
  const { texts } = useDesk();
  const place = useRef<HTMLDivElement>(null);
  const away = useSignal(false);
  useEffect(() => {
    if (place.current === null) return undefined;
    const observer = new IntersectionObserver(
      (entries) => (away.value = (entries.at(-1)?.intersectionRatio ?? 1) < 0.5),
      // What lies behind the bar is away, too.
      { rootMargin: '-104px 0px 0px', threshold: [0, 0.5] },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [away]);
  return (
    <div class="take-place" ref={place}>
      <section class={`take ${away.value ? 'is-docked' : ''}`} aria-label={texts.value.take.heading}>
        <CutButton />
        <AutoButton />
        <FadeDuration />
        <UndoButton />
      </section>
    </div>
  );
}

function CutButton() {
  const { hall, texts, commands, may, preferences } = useDesk();
  const words = texts.value.take;
  return (
    <button
      class="take-button take-cut"
      type="button"
      title={words.cutHint}
      disabled={!may.value.operate || hall.wall.value?.studioMode !== true}
      aria-busy={commands.pending.value.has('take')}
      onClick={() => void commands.switching.cut()}
    >
      <Icon name="cut" />
      <span class="take-words">{words.cut}</span>
      <span class="take-tag">{words.cutTag}</span>
      {preferences.shortcuts.value && <kbd aria-hidden="true">{words.space}</kbd>}
    </button>
  );
}

function AutoButton() {
  const { hall, texts, commands, may, preferences } = useDesk();
  const words = texts.value.take;
  const fadeMs = hall.wall.value?.fadeMs ?? null;
  return (
    <button
      class="take-button take-auto"
      type="button"
      title={fadeMs === null ? undefined : words.autoHint(words.seconds(String(fadeMs / 1_000)))}
      disabled={!may.value.operate || hall.wall.value?.studioMode !== true}
      aria-busy={commands.pending.value.has('take')}
      onClick={() => void commands.switching.auto()}
    >
      <span class="take-words">{words.auto}</span>
      <span class="take-tag">{words.autoTag}</span>
      {preferences.shortcuts.value && <kbd aria-hidden="true">{words.enter}</kbd>}
    </button>
  );
}

function FadeDuration() {
  const { hall, texts, commands, may } = useDesk();
  const words = texts.value.take;
  const fadeMs = hall.wall.value?.fadeMs ?? FADES_MS[1];
  const offered = [...new Set([...FADES_MS, fadeMs])].sort((a, b) => a - b);
  const choose = async (select: HTMLSelectElement): Promise<void> => {
    const done = await commands.switching.setFadeMs(Number(select.value));
    // The list shows what is; what was refused must not stay in it.
    if (!done) select.value = String(fadeMs);
  };
  return (
    <select
      class="take-duration"
      aria-label={words.duration}
      value={String(fadeMs)}
      disabled={!may.value.operate}
      onChange={({ currentTarget }) => void choose(currentTarget)}
    >
      {offered.map((durationMs) => (
        <option key={durationMs} value={String(durationMs)}>
          {words.seconds(String(durationMs / 1_000))}
        </option>
      ))}
    </select>
  );
}

function UndoButton() {
  const { hall, texts, commands, may } = useDesk();
  const words = texts.value.take;
  const undo = hall.wall.value?.undo ?? null;
  const what =
    undo === null
      ? words.undoNothing
      : words.undoHint(wordsFor(words.undone, undo.command) ?? words.undoneOther, undo.by);
  return (
    <button
      class="take-button take-undo"
      type="button"
      title={what}
      disabled={!may.value.operate || undo === null}
      aria-busy={commands.pending.value.has('undo')}
      onClick={() => void commands.switching.undo()}
    >
      <span class="take-undo-words">
        <Icon name="undo" />
        {words.undo}
      </span>
      <span class="take-undone">{what}</span>
    </button>
  );
}
