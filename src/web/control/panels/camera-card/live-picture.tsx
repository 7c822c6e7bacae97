import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { useDesk } from '../../desk.js';
import { durationWords } from '../../i18n/languages.js';
import { Picture } from '../../parts/picture.js';
import { playLive } from '../../pictures/live-player.js';
import type { LiveState } from '../../pictures/live-player.js';
import type { PictureRequest } from '../../pictures/picture-feed.js';

/** Without a new picture for so long, the one that is there is not called live. */
const OLD_AFTER_MS = 1_000;
const LOOK_EVERY_MS = 250;

/** What can be said of a live picture now. */
export type LiveReport = LiveState & {
  /** `opening`: none has come yet; `old`: none has come for a second. */
  readonly kind: 'opening' | 'live' | 'old';
  /** How old the picture is that is shown, milliseconds; null where that is not known. */
  readonly ageMs: number | null;
};

export const OPENING: LiveReport = { kind: 'opening', stream: null, reason: null, ageMs: null };

/**
 * A camera at its full rate. Until its stream plays, and where it cannot be played, a few pictures a second stand in for it.
 * @param report receives how it is
 */
export function LivePicture(props: {
  readonly camera: string;
  readonly name: string;
  readonly report: Signal<LiveReport>;
}) {
  const { camera, name, report } = props;
  const { texts, link } = useDesk();
  const video = useRef<HTMLVideoElement>(null);
  const standIn = useSignal(true);
  const isOpen = link.state.value.kind === 'open';
  const request = useMemo<PictureRequest>(
    () => ({ view: 'camera', camera, widthPx: 640, framesPerSecond: 5 }),
    [camera],
  );

  useEffect(() => {
    if (video.current === null || !isOpen) return undefined;
    const player = playLive(video.current, camera);
    const look = (): void => {
      const shown = player.shown();
      const nowMs = performance.now();
      const sinceMs = shown === null ? Infinity : nowMs - shown.atMs;
      const kind = shown === null ? 'opening' : sinceMs > OLD_AFTER_MS ? 'old' : 'live';
      const ageMs =
        shown === null ? null : shown.ageMs === null ? sinceMs : shown.ageMs + (kind === 'old' ? sinceMs : 0);
      standIn.value = shown === null;
      report.value = { ...player.state.value, kind, ageMs };
    };
    const timer = window.setInterval(look, LOOK_EVERY_MS);
    const unfollow = player.state.subscribe(look);
    return () => {
      window.clearInterval(timer);
      unfollow();
      player.close();
      standIn.value = true;
      report.value = OPENING;
    };
  }, [camera, isOpen, report, standIn]);

  const words = texts.value.cameraCard;
  const { kind, ageMs } = report.value;
  return (
    <div class={`live-picture ${kind === 'old' ? 'is-old' : ''} ${standIn.value ? 'is-stand-in' : ''}`}>
      {standIn.value && <Picture request={request} alt={words.alt(name)} waiting={texts.value.cameras.noPicture} />}
      <video ref={video} muted playsInline disablePictureInPicture aria-label={words.alt(name)} />
      {kind === 'old' && <p class="picture-note">{words.age(durationWords(texts.value, ageMs ?? OLD_AFTER_MS))}</p>}
    </div>
  );
}
