import { useId, useRef } from 'preact/hooks';
import { useDesk } from '../../desk.js';
import { durationWords } from '../../i18n/languages.js';
import { Icon } from '../../parts/icon.js';
import './sign-in.css';

/** Asks for the operator's token. */
export function SignIn({
  refused,
  lockedUntilMs,
}: {
  readonly refused: boolean;
  readonly lockedUntilMs: number | null;
}) {
  const { texts, link, clock } = useDesk();
  const waitMs = lockedUntilMs === null ? 0 : lockedUntilMs - clock.now.value;
  const words = texts.value.signIn;
  const field = useRef<HTMLInputElement>(null);
  const fieldId = useId();
  return (
    <main class="sign-in">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const token = field.current?.value.trim() ?? '';
          if (token !== '') link.signIn(token);
        }}
      >
        <h2>
          <Icon name="lock" />
          {words.heading}
        </h2>
        <p id={`${fieldId}-explanation`}>{words.explanation}</p>
        <label for={fieldId}>{words.token}</label>
        <input
          ref={field}
          id={fieldId}
          type="password"
          autocomplete="current-password"
          required
          autofocus
          aria-describedby={`${fieldId}-explanation`}
          aria-invalid={refused}
        />
        <p class="sign-in-refused" role="alert">
          {refused && words.refused}
          {waitMs > 0 && words.lockedOut}
        </p>
        <button class="button is-primary" type="submit" disabled={waitMs > 0}>
          {waitMs > 0 ? words.again(durationWords(texts.value, waitMs + 999)) : words.submit}
        </button>
      </form>
    </main>
  );
}
