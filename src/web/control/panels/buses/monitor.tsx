import { useMemo } from 'preact/hooks';
import { useDesk } from '../../desk.js';
import { Icon } from '../../parts/icon.js';
import { Picture } from '../../parts/picture.js';
import type { PictureRequest } from '../../pictures/picture-feed.js';
import { layoutName } from '../../state/cells.js';
import { layoutOf } from '../../state/hall.js';
import { CellTargets } from './cell-targets.js';
import './monitor.css';

/** Pictures are asked for at the width they are shown at, in these steps, so that several pages share one. */
const WIDTH_STEPS_PX = [480, 640, 960] as const;
const FRAMES_PER_SECOND = 10;

/** One bus, live: what is prepared, or what is on air. Told apart by words and weight of the frame, not by colour alone. */
export function Monitor({ bus }: { readonly bus: 'preview' | 'program' }) {
  const { hall, texts } = useDesk();
  const words = texts.value;
  const wall = hall.wall.value;
  const request = useMemo<PictureRequest>(
    () => ({ view: bus, widthPx: monitorWidthPx(), framesPerSecond: FRAMES_PER_SECOND }),
    [bus],
  );
  if (wall !== null && bus === 'preview' && !wall.studioMode) return <StudioModeOff />;

  const layout = wall === null ? null : layoutOf(wall, wall[bus]);
  const name = layout === null ? '—' : layoutName(layout, hall.tiles.value ?? [], words);
  const same = bus === 'preview' && wall !== null && wall.preview === wall.program;
  const black = bus === 'program' && wall?.blackout === true;
  const frozen = bus === 'program' && wall?.freeze === true;
  const ratio = wall === null ? 16 / 9 : wall.wall.widthPx / wall.wall.heightPx;
  return (
    <section class={`monitor is-${bus} ${black ? 'is-black' : ''}`} aria-labelledby={`monitor-${bus}`}>
      <div class="monitor-head">
        <h2 class="bus-tag" id={`monitor-${bus}`}>
          {words.buses[bus]}
        </h2>
        <span class="monitor-layout" title={name}>
          {name}
        </span>
        {same && (
          <span class="monitor-note is-warning" title={words.cells.onAir}>
            <Icon name="warning" />
            {words.buses.sameAsProgram}
          </span>
        )}
      </div>
      <div class="monitor-place">
        <div class="monitor-picture" style={{ aspectRatio: String(ratio), '--ratio': String(ratio) }}>
          <Picture
            request={request}
            alt={bus === 'preview' ? words.buses.previewAlt(name) : words.buses.programAlt(name)}
            waiting={words.buses.waiting}
          />
          {bus === 'preview' && wall !== null && layout?.fullScreenOf === null && (
            <CellTargets wall={wall} layout={layout} />
          )}
        </div>
        {black && <p class="monitor-black">{words.buses.blackout}</p>}
        {frozen && !black && <p class="monitor-black">{words.buses.frozen}</p>}
      </div>
    </section>
  );
}

function StudioModeOff() {
  const { texts, commands, may } = useDesk();
  const words = texts.value.buses;
  return (
    <section class="monitor is-off" aria-labelledby="monitor-preview">
      <div class="monitor-head">
        <h2 class="bus-tag" id="monitor-preview">
          {words.preview}
        </h2>
      </div>
      <div class="monitor-off">
        <p>{words.studioOff}</p>
        <button
          class="button"
          type="button"
          disabled={!may.value.operate}
          onClick={() => void commands.switching.enableStudioMode()}
        >
          {words.studioOn}
        </button>
      </div>
    </section>
  );
}

function monitorWidthPx(): number {
  const shownPx =
    Math.min(window.innerWidth, 1_920) * (window.innerWidth < 700 ? 1 : 0.43) * Math.min(window.devicePixelRatio, 2);
  return WIDTH_STEPS_PX.find((step) => step >= shownPx) ?? WIDTH_STEPS_PX[2];
}
