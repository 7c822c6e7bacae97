import { useDesk } from '../../desk.js';
import { wordsFor } from '../../i18n/languages.js';
import { Icon } from '../../parts/icon.js';
import './notices.css';

/** Commands that failed, in words. */
export function Notices() {
  const { notices, texts } = useDesk();
  const words = texts.value.errors;
  return (
    <div class="notices" role="alert">
      {notices.list.value.map(({ id, failure, code, comment }) => (
        <div key={id} class="notice" title={comment}>
          <Icon name="alarm" />
          <p>
            <strong>{failure(texts.value)}</strong>
            <span>{wordsFor(words.codes, code) ?? words.unknown(code)}</span>
          </p>
          <button
            class="button is-quiet"
            type="button"
            aria-label={texts.value.close}
            onClick={() => notices.remove(id)}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
}
