import { useMemo } from 'preact/hooks';
import { useDesk } from '../../desk.js';
import { Dialog } from '../../parts/dialog.js';
import { Picture } from '../../parts/picture.js';
import type { PictureRequest } from '../../pictures/picture-feed.js';
import { streamWords, troubleWords } from '../../state/camera-words.js';
import type { Received, Tile } from '../../state/hall.js';
import { CameraActions } from './camera-actions.js';
import './camera-card.css';

/** One camera, large: how it is, and what can be done with it. */
export function CameraCard() {
  const { hall, cameraCard } = useDesk();
  const tile = hall.tiles.value?.find(({ value }) => value.camera === cameraCard.value);
  return tile === undefined ? null : <Card key={tile.value.camera} tile={tile} />;
}

function Card({ tile }: { readonly tile: Received<Tile> }) {
  const { texts, clock, link, current, cameraCard } = useDesk();
  const words = texts.value.cameras;
  const { camera, name, state, stream, onAir, onPreview } = tile.value;
  const request = useMemo<PictureRequest>(
    () => ({ view: 'camera', camera, widthPx: 640, framesPerSecond: 5 }),
    [camera],
  );
  const close = (): void => {
    cameraCard.value = null;
  };
  const trouble = current.value ? troubleWords(tile, clock.now.value, link.serverClock.now(), texts.value) : [];
  const places = [onAir ? words.onAir : null, onPreview ? words.onPreview : null].filter((place) => place !== null);
  return (
    <Dialog name="camera-card" heading={name} onClose={close}>
      <div class="camera-card-picture">
        <Picture request={request} alt={words.alt(name)} waiting={words.noPicture} />
      </div>
      <CameraActions camera={camera} onDone={close} />
      <dl class="facts">
        <div>
          <dt>{words.state}</dt>
          <dd>{[words.states[state], ...trouble].join(' · ')}</dd>
        </div>
        <div>
          <dt>{words.wall}</dt>
          <dd>{places.length === 0 ? words.notOnWall : places.join(' · ')}</dd>
        </div>
        {stream !== null && (
          <div>
            <dt>{words.stream}</dt>
            <dd>
              {streamWords(stream)} ({stream.name})
            </dd>
          </div>
        )}
      </dl>
    </Dialog>
  );
}
