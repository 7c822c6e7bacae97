import { useDesk } from '../../desk.js';
import { patternWords, placeWords } from '../../i18n/pattern-place.js';
import { RunningNotice } from '../../parts/running-notice.js';
import './pattern-notice.css';

/** That a test picture is on the wall instead of the hall, for how long yet, and its end with one press. For every view. */
export function PatternNotice() {
  const { hall, texts, commands } = useDesk();
  const words = texts.value.patterns;
  const running = hall.wall.value?.testPattern ?? null;
  if (running === null) return null;
  return (
    <div class="pattern-notice">
      <RunningNotice
        endsAtMs={running.endsAtMs}
        left={(duration) => `${words.left(duration)} · ${words.by(running.by)}`}
        stop={words.stop}
        onStop={() => void commands.patterns.stop()}
      >
        <strong>
          {words.showing(patternWords(texts.value, running.pattern), placeWords(texts.value, running.target))}
        </strong>
      </RunningNotice>
    </div>
  );
}
