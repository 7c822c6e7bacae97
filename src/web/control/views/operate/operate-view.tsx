import { Monitor } from '../../panels/buses/monitor.js';
import { CamerasPanel } from '../../panels/cameras/cameras-panel.js';
import { CellsPanel } from '../../panels/cells/cells-panel.js';
import { LayoutsPanel } from '../../panels/layouts/layouts-panel.js';
import { TakePanel } from '../../panels/take/take-panel.js';
import './operate-view.css';

/** Prepare, look, take: what is on air and what comes next. */
export function OperateView() {
  return (
    <>
      <div class="operate-buses">
        <Monitor bus="preview" />
        <TakePanel />
        <Monitor bus="program" />
      </div>
      <div class="operate-main">
        <LayoutsPanel />
        <CamerasPanel />
      </div>
      <div class="operate-side">
        <CellsPanel />
      </div>
    </>
  );
}
