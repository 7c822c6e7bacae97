import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { useDesk } from '../../desk.js';
import { reasonWords } from '../../i18n/languages.js';
import type { Texts } from '../../i18n/languages.js';
import { Icon } from '../../parts/icon.js';
import type { Tile } from '../../state/hall.js';
import './camera-card.css';
import { LivePicture, OPENING } from './live-picture.js';
import type { LiveReport } from './live-picture.js';
import { Presets } from './presets.js';
import { PtzPad } from './ptz-pad.js';

/**
 * One camera, large and at its full rate, with everything that is known of it and the way to turn it. It lies over the view
 * and not over the bar: what is on air can be taken away while it is open.
 */
export function CameraCard() {
  const { cameraCard, hall } = useDesk();
  const tile = hall.tiles.value?.find(({ value }) => value.camera === cameraCard.value)?.value;
  return tile === undefined ? null : <OpenCard key={tile.camera} tile={tile} />;
}

function OpenCard({ tile }: { readonly tile: Tile }) {
  const { cameraCard, texts, current } = useDesk();
  const { camera, name, state, onAir, onPreview, reason } = tile;
  const report = useSignal<LiveReport>(OPENING);
  const closeButton = useRef<HTMLButtonElement>(null);
  const words = texts.value;

  useEffect(() => {
    // Back to where the card was opened from.
    const before = document.activeElement;
    closeButton.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  const close = (): void => {
    cameraCard.value = null;
  };
  const known = current.value;
  const stateWords = known ? words.cameras.states[state] : words.link.before(words.cameras.states[state]);
  return (
    <section
      class={`camera-card ${onAir ? 'is-program' : onPreview ? 'is-preview' : ''}`}
      role="dialog"
      aria-labelledby="camera-card-heading"
      onKeyDown={(event) => {
        if (event.code !== 'Escape') return;
        event.preventDefault();
        close();
      }}
    >
      <div class="camera-card-head">
        <h2 id="camera-card-heading">{name}</h2>
        {onAir && <span class="mark is-program">{words.cameras.onAir}</span>}
        {onPreview && <span class="mark is-preview">{words.cameras.onPreview}</span>}
        <button ref={closeButton} class="button is-quiet" type="button" aria-label={words.close} onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      <div class="camera-card-body">
        <div class="camera-card-picture">
          <LivePicture camera={camera} name={name} report={report} />
        </div>
        <div class="camera-card-side">
          <dl>
            <Fact words={words.cameraCard.state}>
              {known && reason !== null ? `${stateWords} · ${reasonWords(words, reason)}` : stateWords}
            </Fact>
            <Fact words={words.cameraCard.stream}>{streamWords(report.value.stream ?? tile.stream) ?? '–'}</Fact>
            <Fact words={words.cameraCard.picture}>{pictureWords(report.value, words)}</Fact>
          </dl>
          <Turning tile={tile} />
        </div>
      </div>
    </section>
  );
}

function Fact({ words, children }: { readonly words: string; readonly children: string }) {
  return (
    <div>
      <dt>{words}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** How the camera is turned, or why it is not. */
function Turning({ tile: { camera, onAir, ptz } }: { readonly tile: Tile }) {
  const { texts, may } = useDesk();
  const words = texts.value.ptz;
  if (ptz === null) return <p class="camera-card-note">{words.none}</p>;
  const disabled = !may.value.operate;
  return (
    <section class="ptz" aria-labelledby="ptz-heading">
      <div class="ptz-head">
        <h3 id="ptz-heading">{words.heading}</h3>
        <span role="status">{ptz.isMoving ? words.moving : ''}</span>
      </div>
      {disabled && (
        <p class="camera-card-note">
          <Icon name="lock" /> {words.notAllowed}
        </p>
      )}
      {!disabled && onAir && (
        <p class="camera-card-note is-warning">
          <Icon name="warning" /> {words.onAir}
        </p>
      )}
      {ptz.reason !== null && (
        <p class="camera-card-note is-warning">
          <Icon name="warning" /> {`${words.failed.turn}：${reasonWords(texts.value, ptz.reason)}`}
        </p>
      )}
      <PtzPad camera={camera} disabled={disabled} />
      {!disabled && <p class="ptz-hint">{words.hint}</p>}
      <Presets camera={camera} disabled={disabled} />
    </section>
  );
}

function streamWords(stream: Tile['stream']): string | null {
  if (stream === null) return null;
  const codec = /^avc/.test(stream.codec) ? 'H.264' : /^h(vc|ev)/.test(stream.codec) ? 'H.265' : stream.codec;
  return [stream.name, `${stream.widthPx}×${stream.heightPx}`, codec].filter((part) => part !== '').join(' · ');
}

function pictureWords({ kind, reason, ageMs }: LiveReport, { cameraCard: words }: Texts): string {
  if (reason !== null) return words.why[reason];
  if (kind === 'opening') return words.opening;
  if (ageMs === null) return words.liveUnknown;
  const delay =
    ageMs < 1_000 ? words.milliseconds(Math.round(ageMs / 10) * 10) : words.seconds((ageMs / 1_000).toFixed(1));
  return kind === 'live' ? words.live(delay) : words.age(delay);
}
