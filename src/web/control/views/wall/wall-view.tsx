import { useSignal } from '@preact/signals';
import { BrightnessPanel } from '../../panels/brightness/brightness-panel.js';
import { ControllersPanel } from '../../panels/outputs/controllers-panel.js';
import { OutputsPanel } from '../../panels/outputs/outputs-panel.js';
import { PatternsPanel } from '../../panels/patterns/patterns-panel.js';
import { WallPicture } from '../../panels/wall-picture/wall-picture.js';
import type { PatternTarget } from '../../state/patterns.js';
import './wall-view.css';

/** The screen itself: what is sent to it and whether it obeys, how bright it is, and test pictures for whoever hangs it. */
export function WallView() {
  const target = useSignal<PatternTarget>({ kind: 'wall' });
  return (
    <>
      <div class="wall-main">
        <WallPicture target={target} />
        <PatternsPanel target={target} />
      </div>
      <div class="wall-side">
        <BrightnessPanel />
        <OutputsPanel />
        <ControllersPanel />
      </div>
    </>
  );
}
