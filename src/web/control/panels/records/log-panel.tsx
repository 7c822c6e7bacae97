import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { useDesk } from '../../desk.js';
import { RecordsError } from '../../link/records.js';
import { LOG_LEVELS, readServiceLog } from '../../link/service-log.js';
import type { LogLevel, LogLine } from '../../link/service-log.js';
import { Nothing, Panel } from '../../parts/panel.js';
import './records.css';

const LONGEST_TEXT = 200;

/** What the service itself has written down lately, for whoever looks for the cause of something. */
export function LogPanel() {
  const { texts } = useDesk();
  const words = texts.value.records;
  const level = useSignal<LogLevel>('warn');
  const text = useSignal('');
  const lines = useSignal<readonly LogLine[] | null>(null);
  const failure = useSignal<RecordsError['reason'] | null>(null);
  const id = useId();
  const load = async (): Promise<void> => {
    try {
      lines.value = await readServiceLog(level.value, text.value.trim());
      failure.value = null;
    } catch (thrown) {
      if (!(thrown instanceof RecordsError)) throw thrown;
      failure.value = thrown.reason;
    }
  };
  useEffect(() => {
    void load();
    // Once, when the view is opened; later lines are asked for.
  }, []);
  return (
    <Panel id="service-log" heading={words.log} aside={<span class="panel-note">{words.logHint}</span>}>
      <form
        class="audit-filter"
        onSubmit={(event) => {
          event.preventDefault();
          void load();
        }}
      >
        <div>
          <label for={`${id}-level`}>{words.level}</label>
          <select
            id={`${id}-level`}
            value={level.value}
            onChange={({ currentTarget }) => {
              level.value = LOG_LEVELS.find((each) => each === currentTarget.value) ?? 'warn';
              void load();
            }}
          >
            {LOG_LEVELS.map((each) => (
              <option key={each} value={each}>
                {words.fromLevel[each]}
              </option>
            ))}
          </select>
        </div>
        <div>
          <label for={`${id}-text`}>{words.text}</label>
          <input
            id={`${id}-text`}
            type="text"
            maxLength={LONGEST_TEXT}
            value={text.value}
            onInput={({ currentTarget }) => (text.value = currentTarget.value)}
          />
        </div>
        <button class="button is-primary" type="submit">
          {words.refresh}
        </button>
      </form>
      <p role="status" class="audit-failure">
        {failure.value !== null && words.failures[failure.value]}
      </p>
      {lines.value === null && failure.value === null && <Nothing words={texts.value.loading} />}
      {lines.value?.length === 0 && <Nothing words={words.noLines} />}
      {lines.value !== null && lines.value.length > 0 && <LogTable lines={lines.value} />}
    </Panel>
  );
}

function LogTable({ lines }: { readonly lines: readonly LogLine[] }) {
  const { texts, wallClock } = useDesk();
  const words = texts.value.records;
  const { moment } = wallClock.value;
  return (
    <div class="audit-table log-table" tabIndex={0} role="group" aria-label={words.log}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.columns.time}</th>
            <th scope="col">{words.level}</th>
            <th scope="col">{words.part}</th>
            <th scope="col">{words.columns.what}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ atMs, level, part, message, details }, index) => (
            <tr key={index} class={`is-${level}`}>
              <td>{moment(atMs)}</td>
              <td>{words.levels[level]}</td>
              <td>{part ?? '—'}</td>
              {/* The service writes its log in English, for whoever mends it. */}
              <td lang="en">
                {message} <span class="log-details">{detailsOf(details)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function detailsOf(details: Readonly<Record<string, unknown>>): string {
  return Object.entries(details)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' · ');
}
