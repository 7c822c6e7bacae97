import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { useDesk } from '../desk.js';
import { Icon } from './icon.js';
import './dialog.css';

/** A dialog over the page: modal, closed by Escape, by its button and by a press beside it. It is there while it is rendered. */
export function Dialog(props: {
  readonly name: string;
  readonly heading: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}) {
  const { texts } = useDesk();
  const headingId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);
  /** At once, focus included: the next space may already be a cut, and must not press what was in focus here. */
  const close = (): void => {
    dialog.current?.close();
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    props.onClose();
  };
  return (
    <dialog
      ref={dialog}
      class={`dialog ${props.name}`}
      aria-labelledby={headingId}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClick={(event) => {
        // Its own area is covered by its content: what hits the dialog itself hit the backdrop.
        if (event.target === event.currentTarget) close();
      }}
    >
      <div class="dialog-content">
        <div class="dialog-head">
          <h2 id={headingId}>{props.heading}</h2>
          <button class="button is-quiet" type="button" aria-label={texts.value.close} onClick={close}>
            <Icon name="close" />
          </button>
        </div>
        {props.children}
      </div>
    </dialog>
  );
}
