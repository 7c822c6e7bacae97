import { useEffect, useId, useRef } from 'preact/hooks';
import { useDesk } from '../../desk.js';
import { Icon } from '../../parts/icon.js';

/** The second yes: says what people will see. The focus is on "cancel", so that a habit of pressing enter shows nothing. */
export function PatternConfirmation(props: {
  readonly pattern: string;
  readonly where: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
}) {
  const { texts, may } = useDesk();
  const words = texts.value.patterns;
  const dialog = useRef<HTMLDialogElement>(null);
  const [headingId, textId] = [useId(), useId()];
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="pattern-confirmation"
      role="alertdialog"
      aria-labelledby={headingId}
      aria-describedby={textId}
      onCancel={(event) => {
        event.preventDefault();
        props.onNo();
      }}
    >
      <h2 id={headingId}>
        <Icon name="warning" />
        {words.confirmHeading}
      </h2>
      <p id={textId}>{words.confirm(props.pattern, props.where)}</p>
      <div class="pattern-confirmation-answers">
        <button class="button" type="button" autoFocus onClick={props.onNo}>
          {words.cancel}
        </button>
        <button class="button is-warning" type="button" disabled={!may.value.operate} onClick={props.onYes}>
          {words.confirmYes}
        </button>
      </div>
    </dialog>
  );
}
