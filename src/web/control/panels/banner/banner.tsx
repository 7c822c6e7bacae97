import { useSignal, useSignalEffect } from '@preact/signals';
import { useDesk } from '../../desk.js';
import { durationWords } from '../../i18n/languages.js';
import { Icon } from '../../parts/icon.js';
import './banner.css';

/** How long "connected again" stands. */
const BACK_SHOWN_MS = 4_000;

/** Says at once when the page is cut off from the wall, and how it is coming back. */
export function Banner() {
  const { link, texts, clock } = useDesk();
  const words = texts.value.link;
  const state = link.state.value;
  const nowMs = clock.now.value;
  return (
    <div class="banner-place">
      <div role="alert">
        {state.kind === 'lost' && (
          <p class="banner is-alarm">
            <Icon name="alarm" />
            {/* Hidden from the alert, or it would be read out anew with every second. */}
            <span class="visually-hidden">{words.lost('')}</span>
            <span aria-hidden="true">{words.lost(durationWords(texts.value, nowMs - state.sinceMs))}</span>
          </p>
        )}
        {state.kind === 'sent-away' && <p class="banner is-alarm">{words.sentAway}</p>}
      </div>
      {state.kind === 'lost' && (
        <p class="banner-next">
          <span>
            {state.nextTryAtMs === null
              ? words.trying
              : words.nextTry(durationWords(texts.value, state.nextTryAtMs - nowMs + 999))}
          </span>
          <button class="button is-on-alarm" type="button" onClick={link.retryNow}>
            {words.retryNow}
          </button>
        </p>
      )}
      {state.kind === 'sent-away' && (
        <p class="banner-next">
          <button class="button is-on-alarm" type="button" onClick={link.retryNow}>
            {words.reconnect}
          </button>
        </p>
      )}
      {link.outdated.value && state.kind === 'open' && (
        <p class="banner is-news" role="status">
          {words.outdated}
          <button class="button" type="button" onClick={() => window.location.reload()}>
            {words.reload}
          </button>
        </p>
      )}
      <Back />
    </div>
  );
}

/** "Connected again", for a moment. */
function Back() {
  const { link, texts } = useDesk();
  const shown = useSignal(false);
  const wasLost = useSignal(false);
  useSignalEffect(() => {
    const { kind } = link.state.value;
    if (kind === 'lost') {
      wasLost.value = true;
      return undefined;
    }
    if (kind !== 'open' || !wasLost.peek()) return undefined;
    wasLost.value = false;
    shown.value = true;
    const timer = window.setTimeout(() => (shown.value = false), BACK_SHOWN_MS);
    return () => window.clearTimeout(timer);
  });
  return (
    <div role="status">
      {shown.value && link.state.value.kind === 'open' && <p class="banner is-back">{texts.value.link.back}</p>}
    </div>
  );
}
