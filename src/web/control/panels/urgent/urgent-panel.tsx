import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { useDesk } from '../../desk.js';
import { Panel } from '../../parts/panel.js';
import { RunningNotice } from '../../parts/running-notice.js';
import { TickerOnWall } from './ticker-on-wall.js';
import './urgent-panel.css';

const LONGEST_TEXT = 200;
const MINUTES = [5, 15, 60, 240] as const;

/** Something that everybody has to read now: instead of the ticker, in colours of its own, until its end. */
export function UrgentPanel() {
  const { hall, texts, commands, may, link } = useDesk();
  const words = texts.value.urgent;
  const text = useSignal('');
  const minutes = useSignal<(typeof MINUTES)[number]>(15);
  const id = useId();
  const running = hall.wall.value?.urgentMessage ?? null;
  const isUsable = may.value.operate && text.value.trim() !== '';
  const show = async (): Promise<void> => {
    const untilMs = Math.round(link.serverClock.now()) + minutes.value * 60_000;
    if (await commands.ticker.showUrgent(text.value.trim(), untilMs)) text.value = '';
  };
  return (
    <Panel id="urgent" heading={words.heading} aside={<span class="panel-note">{words.explanation}</span>}>
      <TickerOnWall />
      {running !== null && <Running text={running.text} untilMs={running.untilMs} />}
      <form
        class="urgent-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (isUsable) void show();
        }}
      >
        <label class="visually-hidden" for={id}>
          {words.text}
        </label>
        <input
          id={id}
          type="text"
          maxLength={LONGEST_TEXT}
          placeholder={words.text}
          value={text.value}
          readOnly={!may.value.operate}
          onInput={({ currentTarget }) => (text.value = currentTarget.value)}
        />
        <select
          aria-label={words.end}
          value={minutes.value}
          disabled={!may.value.operate}
          onChange={({ currentTarget }) => {
            minutes.value = MINUTES.find((each) => String(each) === currentTarget.value) ?? 15;
          }}
        >
          {MINUTES.map((each) => (
            <option key={each} value={each}>
              {words.lengths[each]}
            </option>
          ))}
        </select>
        <button class="button is-primary" type="submit" disabled={!isUsable}>
          {running === null ? words.show : words.replace}
        </button>
        <span class="panel-note">{words.length(text.value.length, LONGEST_TEXT)}</span>
      </form>
    </Panel>
  );
}

function Running({ text, untilMs }: { readonly text: string; readonly untilMs: number }) {
  const { texts, commands } = useDesk();
  const words = texts.value.urgent;
  return (
    <div class="urgent-running">
      <RunningNotice
        endsAtMs={untilMs}
        left={words.left}
        stop={words.stop}
        onStop={() => void commands.ticker.endUrgent()}
      >
        {words.running}：<strong>{text}</strong>
      </RunningNotice>
    </div>
  );
}
