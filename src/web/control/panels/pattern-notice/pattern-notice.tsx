import { useDesk } from '../../desk.js';
import { durationWords } from '../../i18n/languages.js';
import { patternWords, placeWords } from '../../i18n/pattern-place.js';
import { Icon } from '../../parts/icon.js';
import './pattern-notice.css';

/** That a test picture is on the wall instead of the hall, for how long yet, and its end with one press. For every view. */
export function PatternNotice() {
  const { hall, texts, clock, link, commands, may } = useDesk();
  const words = texts.value.patterns;
  const running = hall.wall.value?.testPattern ?? null;
  if (running === null) return null;
  const leftMs = clock.now.value >= 0 ? running.endsAtMs - link.serverClock.now() : 0;
  return (
    <div class="pattern-notice">
      <Icon name="warning" />
      <p>
        <strong role="status">
          {words.showing(patternWords(texts.value, running.pattern), placeWords(texts.value, running.target))}
        </strong>
        <span>
          {words.left(durationWords(texts.value, leftMs + 999))} · {words.by(running.by)}
        </span>
      </p>
      <button
        class="button is-on-warning"
        type="button"
        disabled={!may.value.operate}
        onClick={() => void commands.patterns.stop()}
      >
        {words.stop}
      </button>
    </div>
  );
}
