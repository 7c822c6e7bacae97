import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';

/** How long a press lasts that cannot be held: of a screen reader, or of a switch. */
const NUDGE_MS = 300;

/** A button that does something while it is held, by hand or by Space and Enter. */
export function HoldButton(props: {
  readonly words: string;
  readonly disabled: boolean;
  readonly onHold: () => void;
  readonly onLetGo: () => void;
  readonly children: ComponentChildren;
}) {
  const { words, disabled, onHold, onLetGo } = props;
  const held = useRef(false);
  const begin = (): void => {
    held.current = true;
    onHold();
  };
  const end = (): void => {
    if (!held.current) return;
    held.current = false;
    onLetGo();
  };
  return (
    <button
      class="button ptz-button"
      type="button"
      disabled={disabled}
      aria-label={words}
      title={words}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        // The release is heard here, wherever the finger has gone.
        event.currentTarget.setPointerCapture(event.pointerId);
        begin();
      }}
      onPointerUp={end}
      onPointerCancel={end}
      onLostPointerCapture={end}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.code !== 'Space' && event.code !== 'Enter') return;
        event.preventDefault();
        if (!event.repeat) begin();
      }}
      onKeyUp={(event) => {
        if (event.code === 'Space' || event.code === 'Enter') end();
      }}
      onBlur={end}
      onClick={({ detail }) => {
        // Neither hand nor key: those have been heard already.
        if (detail !== 0 || held.current) return;
        begin();
        window.setTimeout(end, NUDGE_MS);
      }}
    >
      {props.children}
    </button>
  );
}
