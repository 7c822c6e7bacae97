import { AuditPanel } from '../../panels/records/audit-panel.js';
import { ShownAtPanel } from '../../panels/records/shown-at-panel.js';
import './records-view.css';

/** Who did what, and what was on the wall: for administrators. */
export function RecordsView() {
  return (
    <>
      <AuditPanel />
      <ShownAtPanel />
    </>
  );
}
