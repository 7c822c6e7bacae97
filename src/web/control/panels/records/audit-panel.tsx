import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useDesk } from '../../desk.js';
import { wordsFor } from '../../i18n/languages.js';
import { exportAddress, searchAudit } from '../../link/audit.js';
import type { AuditEntry, AuditFilter } from '../../link/audit.js';
import { RecordsError } from '../../link/records.js';
import { Nothing, Panel } from '../../parts/panel.js';
import { ZoneNote } from '../../parts/zone-note.js';
import { auditWords } from '../../state/audit-words.js';
import { AuditFilterForm, EVERYTHING } from './audit-filter.js';
import './records.css';

/** Entries of the audit log, newest first, by who, when and what; as a file, too. */
export function AuditPanel() {
  const { texts } = useDesk();
  const words = texts.value.records;
  const filter = useSignal<AuditFilter>(EVERYTHING);
  const entries = useSignal<readonly AuditEntry[] | null>(null);
  const next = useSignal<number | null>(null);
  const damaged = useSignal(0);
  const failure = useSignal<RecordsError['reason'] | null>(null);
  const busy = useSignal(false);

  const load = async (cursor: number | null): Promise<void> => {
    busy.value = true;
    try {
      const page = await searchAudit(filter.value, cursor);
      entries.value = [...(cursor === null ? [] : (entries.value ?? [])), ...page.entries];
      next.value = page.next;
      damaged.value = page.damaged;
      failure.value = null;
    } catch (thrown) {
      if (!(thrown instanceof RecordsError)) throw thrown;
      failure.value = thrown.reason;
    } finally {
      busy.value = false;
    }
  };
  useEffect(() => {
    void load(null);
    // Once, when the view is opened; later searches are asked for.
  }, []);

  return (
    <Panel id="audit" heading={words.heading} aside={<ZoneNote />}>
      <AuditFilterForm
        busy={busy.value}
        onSearch={(given) => {
          filter.value = given;
          void load(null);
        }}
      />
      <p class="audit-exports">
        <a class="button" href={exportAddress(filter.value, 'csv')} download="audit.csv">
          {words.csv}
        </a>
        <a class="button" href={exportAddress(filter.value, 'json')} download="audit.json">
          {words.json}
        </a>
      </p>
      <p role="status" class="audit-failure">
        {failure.value !== null && words.failures[failure.value]}
        {damaged.value > 0 && words.damaged(damaged.value)}
      </p>
      {entries.value === null && failure.value === null && <Nothing words={texts.value.loading} />}
      {entries.value?.length === 0 && <Nothing words={words.none} />}
      {entries.value !== null && entries.value.length > 0 && <AuditTable entries={entries.value} />}
      {next.value !== null && (
        <button class="button" type="button" disabled={busy.value} onClick={() => void load(next.value)}>
          {words.more}
        </button>
      )}
    </Panel>
  );
}

function AuditTable({ entries }: { readonly entries: readonly AuditEntry[] }) {
  const { texts, wallClock } = useDesk();
  const words = texts.value.records;
  const { moment } = wallClock.value;
  return (
    <div class="audit-table" tabIndex={0} role="group" aria-label={words.heading}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.columns.time}</th>
            <th scope="col">{words.columns.kind}</th>
            <th scope="col">{words.columns.person}</th>
            <th scope="col">{words.columns.what}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({ sequence, atMs, kind, actor, fields }) => (
            <tr key={sequence}>
              <td>{moment(atMs)}</td>
              <td>{wordsFor(words.kinds, kind) ?? kind}</td>
              <td>{actor?.name ?? words.service}</td>
              <td>{auditWords(kind, fields, texts.value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
