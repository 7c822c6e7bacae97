import type { ComponentChildren } from 'preact';
import { useDesk } from '../desk.js';
import { durationWords } from '../i18n/languages.js';
import { Icon } from './icon.js';
import './running-notice.css';

/** Something that is on the wall for a limited time: what it is, for how long yet, and its end with one press. */
export function RunningNotice(props: {
  /** Epoch milliseconds of the server's clock. */
  readonly endsAtMs: number;
  /** What it is, in words. */
  readonly children: ComponentChildren;
  /** @param duration how long it still takes, in words */
  readonly left: (duration: string) => string;
  readonly stop: string;
  readonly onStop: () => void;
}) {
  const { texts, serverNow, may } = useDesk();
  const leftMs = props.endsAtMs - serverNow();
  return (
    <div class="running-notice">
      <Icon name="warning" />
      <p>
        <span role="status">{props.children}</span>
        <span class="running-notice-left">{props.left(durationWords(texts.value, leftMs + 999))}</span>
      </p>
      <button class="button is-on-warning" type="button" disabled={!may.value.operate} onClick={props.onStop}>
        {props.stop}
      </button>
    </div>
  );
}
