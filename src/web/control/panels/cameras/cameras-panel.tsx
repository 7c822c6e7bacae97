import { useDesk } from '../../desk.js';
import { Icon } from '../../parts/icon.js';
import type { IconName } from '../../parts/icon.js';
import { Nothing, Panel } from '../../parts/panel.js';
import { Picture } from '../../parts/picture.js';
import { cameraRequest } from '../../pictures/camera-request.js';
import { troubleWords } from '../../state/camera-words.js';
import type { Received, Tile } from '../../state/hall.js';
import { DragGhost } from './drag-ghost.js';
import { useDragging } from './use-dragging.js';
import './cameras-panel.css';

export const CAMERA_ICONS: Readonly<Record<Tile['state'], IconName>> = {
  connecting: 'retry',
  live: 'good',
  stale: 'warning',
  frozen: 'warning',
  retrying: 'retry',
  off: 'quiet',
};

/** Every camera: a small live picture, its state in words, its age, what is wrong and when it is tried again. */
export function CamerasPanel() {
  const { hall, texts } = useDesk();
  const words = texts.value;
  const tiles = hall.tiles.value;
  const live = tiles?.filter(({ value }) => value.state === 'live').length ?? 0;
  return (
    <Panel
      id="cameras"
      heading={words.cameras.heading}
      aside={
        <>
          {tiles !== null && <span class="panel-note">{words.cameras.summary(live, tiles.length)}</span>}
          <span class="panel-note">{words.cameras.hint}</span>
        </>
      }
    >
      {tiles === null && <Nothing words={words.loading} />}
      {tiles?.length === 0 && <Nothing words={words.cameras.empty} />}
      <ul class="cameras-list">
        {tiles?.map((tile) => (
          <li key={tile.value.camera}>
            <CameraTile tile={tile} />
          </li>
        ))}
      </ul>
      <DragGhost />
    </Panel>
  );
}

function CameraTile({ tile }: { readonly tile: Received<Tile> }) {
  const { texts, clock, link, current, cameraCard } = useDesk();
  const words = texts.value;
  const { camera, name, state, onAir, onPreview } = tile.value;
  const known = current.value;
  const element = useDragging(camera);
  const details = known ? troubleWords(tile, clock.now.value, link.serverClock.now(), words) : [];
  return (
    <article
      class={`camera is-${known ? state : 'past'} ${onAir ? 'is-program' : ''} ${onPreview ? 'is-preview' : ''}`}
      aria-label={name}
    >
      <div class="camera-picture">
        <Picture request={cameraRequest(camera)} alt={words.cameras.alt(name)} waiting={words.cameras.noPicture} />
        {details.length > 0 && <p class="camera-details">{details.join(' · ')}</p>}
        <span class="camera-marks">
          {onAir && <span class="mark is-program">{words.cameras.onAir}</span>}
          {onPreview && <span class="mark is-preview">{words.cameras.onPreview}</span>}
        </span>
      </div>
      <p class="camera-line">
        <span class="camera-name" title={name}>
          {name}
        </span>
        <span class="camera-state">
          <Icon name={known ? CAMERA_ICONS[state] : 'quiet'} />
          <span>{known ? words.cameras.states[state] : words.link.before(words.cameras.states[state])}</span>
        </span>
      </p>
      {/* Over the whole tile, so that what is read and what is pressed do not get mixed up. */}
      <button
        ref={element}
        type="button"
        class="camera-open"
        aria-label={words.cameraCard.open(name)}
        onClick={() => (cameraCard.value = camera)}
      />
    </article>
  );
}
