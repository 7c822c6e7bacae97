import { useMemo } from 'preact/hooks';
import { useDesk } from '../../desk.js';
import { durationWords, reasonWords } from '../../i18n/languages.js';
import type { Texts } from '../../i18n/languages.js';
import { Icon } from '../../parts/icon.js';
import type { IconName } from '../../parts/icon.js';
import { Nothing, Panel } from '../../parts/panel.js';
import { Picture } from '../../parts/picture.js';
import type { PictureRequest } from '../../pictures/picture-feed.js';
import type { Received, Tile } from '../../state/hall.js';
import './cameras-panel.css';

const WIDTH_PX = 240;
const FRAMES_PER_SECOND = 2;

const ICONS: Readonly<Record<Tile['state'], IconName>> = {
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
      aside={tiles !== null && <span class="panel-note">{words.cameras.summary(live, tiles.length)}</span>}
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
    </Panel>
  );
}

function CameraTile({ tile }: { readonly tile: Received<Tile> }) {
  const { texts, clock, link, current, cameraCard } = useDesk();
  const words = texts.value;
  const { camera, name, state, stream, onAir, onPreview } = tile.value;
  const known = current.value;
  const request = useMemo<PictureRequest>(
    () => ({ view: 'camera', camera, widthPx: WIDTH_PX, framesPerSecond: FRAMES_PER_SECOND }),
    [camera],
  );
  const details = !known ? [] : detailsOf(tile, clock.now.value, link.serverClock.now(), words);
  return (
    <article
      class={`camera is-${known ? state : 'past'} ${onAir ? 'is-program' : ''} ${onPreview ? 'is-preview' : ''}`}
      aria-label={name}
    >
      <div class="camera-picture">
        <Picture request={request} alt={words.cameras.alt(name)} waiting={words.cameras.noPicture} />
        <button
          class="camera-open"
          type="button"
          aria-label={words.cameraCard.open(name)}
          onClick={() => (cameraCard.value = camera)}
        />
        <span class="camera-marks">
          {onAir && <span class="mark is-program">{words.cameras.onAir}</span>}
          {onPreview && <span class="mark is-preview">{words.cameras.onPreview}</span>}
        </span>
      </div>
      <p class="camera-name">{name}</p>
      <p class="camera-state">
        <Icon name={known ? ICONS[state] : 'quiet'} />
        <span>{known ? words.cameras.states[state] : words.link.before(words.cameras.states[state])}</span>
        {known && state === 'live' && stream !== null && <span class="camera-stream">{streamWords(stream)}</span>}
      </p>
      {details.length > 0 && <p class="camera-details">{details.join(' · ')}</p>}
    </article>
  );
}

function streamWords({ widthPx, heightPx, codec }: NonNullable<Tile['stream']>): string {
  return `${widthPx}×${heightPx} ${codecName(codec)}`;
}

/** `avc1.64001e` and the like (RFC 6381) by the name that people know. */
function codecName(codec: string): string {
  if (/^(avc[1-4]|h264)/i.test(codec)) return 'H.264';
  if (/^(hvc1|hev1|h265|hevc)/i.test(codec)) return 'H.265';
  return codec;
}

/** What stands below the state when it is not live: reason, age, tries. */
function detailsOf(
  { value, receivedAtMs }: Received<Tile>,
  nowMs: number,
  serverNowMs: number,
  texts: Texts,
): readonly string[] {
  const words = texts.cameras;
  if (value.state === 'live') return [];
  const details: string[] = [];
  if (value.reason !== null) details.push(reasonWords(texts, value.reason));
  if (value.state === 'off') return details;
  if (value.ageMs === null) details.push(words.noneYet);
  else details.push(words.age(durationWords(texts, value.ageMs + Math.max(0, nowMs - receivedAtMs))));
  if (value.attempt > 0) details.push(words.attempt(value.attempt));
  if (value.nextTryAtMs !== null) {
    const waitMs = value.nextTryAtMs - serverNowMs;
    details.push(waitMs > 0 ? words.nextTry(durationWords(texts, waitMs + 999)) : words.tryingNow);
  }
  return details;
}
