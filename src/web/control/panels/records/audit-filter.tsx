import { useId, useRef } from 'preact/hooks';
import { useDesk } from '../../desk.js';
import type { AuditFilter } from '../../link/audit.js';

/** The filter that lets everything through. */
export const EVERYTHING: AuditFilter = { fromMs: null, toMs: null, person: '', kind: '', text: '' };

/** What is looked for in the audit log. */
export function AuditFilterForm(props: { readonly busy: boolean; readonly onSearch: (filter: AuditFilter) => void }) {
  const { texts, wallClock } = useDesk();
  const words = texts.value.records;
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  const read = (): AuditFilter => {
    const data = new FormData(form.current ?? undefined);
    const text = (name: string): string => {
      const value = data.get(name);
      return typeof value === 'string' ? value.trim() : '';
    };
    const { momentOf } = wallClock.value;
    return {
      fromMs: momentOf(text('from')),
      toMs: momentOf(text('to')),
      person: text('person'),
      kind: text('kind'),
      text: text('text'),
    };
  };
  const field = (name: 'from' | 'to' | 'person' | 'text', type: 'text' | 'datetime-local') => (
    <div>
      <label for={`${id}-${name}`}>{words[name]}</label>
      {type === 'text' ? (
        <input id={`${id}-${name}`} name={name} type="text" maxLength={200} />
      ) : (
        <input id={`${id}-${name}`} name={name} type="datetime-local" />
      )}
    </div>
  );
  return (
    <form
      ref={form}
      class="audit-filter"
      onSubmit={(event) => {
        event.preventDefault();
        props.onSearch(read());
      }}
    >
      {field('from', 'datetime-local')}
      {field('to', 'datetime-local')}
      {field('person', 'text')}
      <div>
        <label for={`${id}-kind`}>{words.kind}</label>
        <select id={`${id}-kind`} name="kind">
          <option value="">{words.allKinds}</option>
          {Object.entries(words.kinds).map(([kind, name]) => (
            <option key={kind} value={kind}>
              {name}
            </option>
          ))}
        </select>
      </div>
      {field('text', 'text')}
      <button class="button is-primary" type="submit" disabled={props.busy}>
        {words.search}
      </button>
    </form>
  );
}
