import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import { useDesk } from '../../desk.js';
import { askShownAt } from '../../link/audit.js';
import type { ShownThen } from '../../link/audit.js';
import { RecordsError } from '../../link/records.js';
import { Panel } from '../../parts/panel.js';

/** What was on the wall at a moment, and who decided it. */
export function ShownAtPanel() {
  const { texts, wallClock } = useDesk();
  const words = texts.value.records;
  const shown = useSignal<ShownThen | null>(null);
  const failure = useSignal<RecordsError['reason'] | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const look = async (): Promise<void> => {
    const atMs = wallClock.value.momentOf(field.current?.value ?? '');
    if (atMs === null) return;
    try {
      shown.value = await askShownAt(atMs);
      failure.value = null;
    } catch (thrown) {
      if (!(thrown instanceof RecordsError)) throw thrown;
      shown.value = null;
      failure.value = thrown.reason;
    }
  };
  return (
    <Panel id="shown-at" heading={words.at}>
      <form
        class="audit-filter is-single"
        onSubmit={(event) => {
          event.preventDefault();
          void look();
        }}
      >
        <div>
          <label for={id}>{words.moment}</label>
          <input ref={field} id={id} type="datetime-local" step="1" required />
        </div>
        <button class="button is-primary" type="submit">
          {words.look}
        </button>
      </form>
      <div role="status">
        {failure.value !== null && <p class="audit-failure">{words.failures[failure.value]}</p>}
        {shown.value !== null && <Then shown={shown.value} />}
      </div>
    </Panel>
  );
}

function Then({ shown }: { readonly shown: ShownThen }) {
  const { texts, wallClock } = useDesk();
  const words = texts.value.records;
  const { moment } = wallClock.value;
  return (
    <>
      <p>{words.states[shown.state]}</p>
      {shown.layout !== null && <p class="shown-layout">{shown.layout}</p>}
      {shown.layout !== null && shown.sinceMs !== null && (
        <p class="shown-by">{words.decidedBy(shown.by ?? words.bySchedule, moment(shown.sinceMs))}</p>
      )}
      <ol class="shown-cells">
        {shown.cells.map((name, index) => (
          <li key={index}>{name}</li>
        ))}
      </ol>
    </>
  );
}
