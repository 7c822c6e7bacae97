import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import './confirmation.css';

/** A question before something that cannot be taken back. What changes nothing has the focus. */
export function Confirmation(props: {
  readonly heading: string;
  readonly question: string;
  /** What changes nothing. */
  readonly cancel: string;
  readonly onCancel: () => void;
  /** The other buttons. */
  readonly children: ComponentChildren;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    first.current?.focus();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="confirmation"
      aria-labelledby="confirmation-heading"
      onCancel={(event) => {
        event.preventDefault();
        props.onCancel();
      }}
    >
      <h2 id="confirmation-heading">{props.heading}</h2>
      <p>{props.question}</p>
      <div class="confirmation-buttons">
        <button ref={first} type="button" class="button" onClick={props.onCancel}>
          {props.cancel}
        </button>
        {props.children}
      </div>
    </dialog>
  );
}
