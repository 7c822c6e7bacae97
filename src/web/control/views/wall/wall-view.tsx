import { Monitor } from '../../panels/buses/monitor.js';
import { CountsPanel } from '../../panels/counts/counts-panel.js';
import { OutputsPanel } from '../../panels/outputs/outputs-panel.js';
import './wall-view.css';

/** Where the picture goes: outputs and the controllers of the screen, beside what is sent to them. */
export function WallView() {
  return (
    <>
      <Monitor bus="program" />
      <div class="wall-side">
        <OutputsPanel />
        <CountsPanel />
      </div>
    </>
  );
}
