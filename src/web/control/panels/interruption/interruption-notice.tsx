import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { useDesk } from '../../desk.js';
import { Icon } from '../../parts/icon.js';
import '../../parts/running-notice.css';
import './interruption-notice.css';

/** As the server bounds it. */
const LONGEST_REASON = 200;

/**
 * That the wall is black, or stands still, and why: whoever pressed the button in a hurry can say so afterwards, for those who
 * read the records. For every view.
 */
export function InterruptionNotice() {
  const { hall, texts, commands, may } = useDesk();
  const words = texts.value.take.interruption;
  const wall = hall.wall.value;
  return (
    <>
      {wall?.blackout === true && (
        <Interruption
          key={`blackout ${wall.blackoutReason}`}
          words={words.black}
          reason={wall.blackoutReason}
          isAllowed={may.value.blackOut}
          onReason={(reason) => commands.switching.explainBlackout(reason)}
        />
      )}
      {wall?.freeze === true && (
        <Interruption
          key={`freeze ${wall.freezeReason}`}
          words={words.still}
          reason={wall.freezeReason}
          isAllowed={may.value.operate}
          onReason={(reason) => commands.switching.explainFreeze(reason)}
        />
      )}
    </>
  );
}

function Interruption(props: {
  readonly words: string;
  readonly reason: string | null;
  readonly isAllowed: boolean;
  readonly onReason: (reason: string) => Promise<boolean>;
}) {
  const words = useDesk().texts.value.take.interruption;
  const text = useSignal(props.reason ?? '');
  const id = useId();
  const reason = text.value.trim();
  const isNew = reason !== '' && reason !== props.reason;
  return (
    <div class="running-notice interruption">
      <Icon name="warning" />
      <strong role="status">{props.words}</strong>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (props.isAllowed && isNew) void props.onReason(reason);
        }}
      >
        <label for={id}>{words.reason}</label>
        <input
          id={id}
          type="text"
          maxLength={LONGEST_REASON}
          placeholder={words.example}
          value={text.value}
          readOnly={!props.isAllowed}
          onInput={({ currentTarget }) => (text.value = currentTarget.value)}
        />
        <button class="button is-on-warning" type="submit" disabled={!props.isAllowed || !isNew}>
          {words.keep}
        </button>
      </form>
    </div>
  );
}
