import { CountsPanel } from '../../panels/counts/counts-panel.js';
import { TickerPanel } from '../../panels/ticker/ticker-panel.js';
import { UrgentPanel } from '../../panels/urgent/urgent-panel.js';
import './ticker-view.css';

/** The running line, and the counts that stand in it. */
export function TickerView() {
  return (
    <>
      <div class="ticker-main">
        <TickerPanel />
        <UrgentPanel />
      </div>
      <CountsPanel />
    </>
  );
}
