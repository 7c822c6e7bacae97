import { useDesk } from '../../desk.js';
import { AutomationStrip } from '../../panels/automation/automation-strip.js';
import { PlacingPrompt } from '../../panels/buses/cell-targets.js';
import { Monitor } from '../../panels/buses/monitor.js';
import { CamerasPanel } from '../../panels/cameras/cameras-panel.js';
import { CellSourceDialog } from '../../panels/cell-source/cell-source-dialog.js';
import { LayoutsPanel } from '../../panels/layouts/layouts-panel.js';
import { TakePanel } from '../../panels/take/take-panel.js';
import './operate-view.css';

/** Prepare, look, take: what is on air and what comes next. */
export function OperateView() {
  const wall = useDesk().hall.wall.value?.wall;
  const ratio = wall === undefined ? 16 / 9 : wall.widthPx / wall.heightPx;
  return (
    <>
      <div class="operate-buses" style={{ '--ratio': String(ratio) }}>
        <PlacingPrompt />
        <Monitor bus="preview" />
        <TakePanel />
        <Monitor bus="program" />
      </div>
      <AutomationStrip />
      <LayoutsPanel />
      <CamerasPanel />
      <CellSourceDialog />
    </>
  );
}
