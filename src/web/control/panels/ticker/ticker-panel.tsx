import { useSignal, useSignalEffect } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import { formatCount } from '../../../../ticker/format.js';
import { LONGEST_TEXT } from '../../../../ticker/template.js';
import { useDesk } from '../../desk.js';
import { wordsFor } from '../../i18n/languages.js';
import { Panel } from '../../parts/panel.js';
import { fieldValues, readTicker } from '../../state/ticker-text.js';
import './ticker-panel.css';

/** The running line: its text, the counts that can stand in it, and how it reads now. Goes on the wall with "apply" only. */
export function TickerPanel() {
  const { hall, texts, commands, may } = useDesk();
  const words = texts.value.ticker;
  const onWall = hall.wall.value?.tickerText ?? '';
  /** Null while nothing was changed here: the field then follows the wall. */
  const draft = useSignal<string | null>(null);
  /** What was on the wall when the draft was begun. */
  const base = useSignal('');
  const field = useRef<HTMLTextAreaElement>(null);
  const fieldId = useId();
  const text = draft.value ?? onWall;
  const changed = draft.value !== null && draft.value !== onWall;
  const counts = hall.counts.value ?? [];
  const reading = readTicker(text, counts);
  const unknown =
    reading.kind === 'pieces' ? reading.pieces.find((piece) => piece.kind === 'count' && !piece.known) : undefined;
  const usable = may.value.operate;
  const applicable = changed && reading.kind === 'pieces' && usable;

  const edit = (next: string): void => {
    if (draft.value === null) base.value = onWall;
    draft.value = next;
  };
  const insert = (name: string): void => {
    const area = field.current;
    const [from, to] = area === null ? [text.length, text.length] : [area.selectionStart, area.selectionEnd];
    const inserted = `{${name}}`;
    edit(text.slice(0, from) + inserted + text.slice(to));
    requestAnimationFrame(() => {
      area?.focus();
      area?.setSelectionRange(from + inserted.length, from + inserted.length);
    });
  };
  const apply = (): void => {
    if (applicable) void commands.ticker.setText(text);
  };
  // Once the wall shows the draft, there is no draft: the field follows the wall again.
  useSignalEffect(() => {
    if (draft.value !== null && draft.value === hall.wall.value?.tickerText) draft.value = null;
  });

  return (
    <Panel
      id="ticker"
      heading={words.heading}
      aside={
        <span class={`panel-note ${changed ? 'is-changed' : ''}`}>{changed ? words.changed : words.unchanged}</span>
      }
    >
      <p class="ticker-preview" aria-label={words.preview} role="group" tabIndex={0}>
        {reading.kind === 'mistake'
          ? text
          : reading.pieces.map((piece, index) => (
              <span key={index} class={piece.kind === 'count' ? 'ticker-value' : ''}>
                {piece.text}
              </span>
            ))}
        {text.trim() === '' && <span class="ticker-empty">{words.empty}</span>}
      </p>
      <div class="ticker-editor">
        <label class="visually-hidden" for={fieldId}>
          {words.text}
        </label>
        <textarea
          id={fieldId}
          ref={field}
          rows={2}
          maxLength={LONGEST_TEXT}
          value={text}
          readOnly={!usable && draft.value === null}
          onInput={({ currentTarget }) => edit(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.code === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing) apply();
          }}
        />
        <div class="ticker-actions">
          <button class="button is-primary" type="button" disabled={!applicable} onClick={apply}>
            {words.apply}
          </button>
          <button class="button" type="button" disabled={draft.value === null} onClick={() => (draft.value = null)}>
            {words.revert}
          </button>
        </div>
      </div>
      <div class="ticker-fields" role="group" tabIndex={0} aria-label={words.fields}>
        {[...fieldValues(counts)].map(([name, value]) => (
          <button
            key={name}
            class="chip"
            type="button"
            title={words.insert(name)}
            disabled={!usable}
            onClick={() => insert(name)}
          >
            <code>{`{${name}}`}</code> <span>{formatCount(value)}</span>
          </button>
        ))}
        {counts.length === 0 && <span class="panel-note">{words.noFields}</span>}
        <span class="ticker-length">{words.length(text.length, LONGEST_TEXT)}</span>
      </div>
      {reading.kind === 'mistake' && (
        <p class="ticker-problem">
          {words.mistake(wordsFor(words.mistakes, reading.reason) ?? reading.reason, reading.position)}
        </p>
      )}
      {unknown?.kind === 'count' && hall.counts.value !== null && (
        <p class="ticker-problem">{words.unknownField(unknown.field)}</p>
      )}
      {changed && onWall !== base.value && <p class="ticker-problem">{words.changedElsewhere}</p>}
    </Panel>
  );
}
