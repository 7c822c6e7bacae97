import { AuditPanel } from '../../panels/records/audit-panel.js';
import { LogPanel } from '../../panels/records/log-panel.js';
import { ShownAtPanel } from '../../panels/records/shown-at-panel.js';
import './records-view.css';

/** Who did what, what was on the wall, and what the service says of itself: for administrators. */
export function RecordsView() {
  return (
    <>
      <AuditPanel />
      <ShownAtPanel />
      <LogPanel />
    </>
  );
}
