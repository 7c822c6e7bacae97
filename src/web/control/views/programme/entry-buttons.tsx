import { useDesk } from '../../desk.js';

/** Moves an entry of a list up or down, or takes it away. @param props.what what it is, for those who do not see where the buttons stand */
export function EntryButtons(props: {
  readonly what: string;
  readonly index: number;
  readonly count: number;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}) {
  const { texts } = useDesk();
  const words = texts.value.making;
  const { what, index, count, onMove, onRemove } = props;
  return (
    <div class="entry-buttons">
      <button
        type="button"
        class="button"
        aria-label={words.moveUp(what)}
        aria-disabled={index === 0}
        onClick={({ currentTarget }) => keepingFocus(currentTarget, () => onMove(-1))}
      >
        <span aria-hidden="true">↑</span>
      </button>
      <button
        type="button"
        class="button"
        aria-label={words.moveDown(what)}
        aria-disabled={index === count - 1}
        onClick={({ currentTarget }) => keepingFocus(currentTarget, () => onMove(1))}
      >
        <span aria-hidden="true">↓</span>
      </button>
      <button type="button" class="button" aria-label={words.removeOne(what)} onClick={onRemove}>
        <span aria-hidden="true">✕</span>
      </button>
    </div>
  );
}

/** Moves an entry by Alt and the arrows, anywhere in it; any other key is left alone. */
export function moveByKey(event: KeyboardEvent, move: (by: -1 | 1) => void): void {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.code !== 'ArrowUp' && event.code !== 'ArrowDown') return;
  event.preventDefault();
  keepingFocus(document.activeElement, () => move(event.code === 'ArrowUp' ? -1 : 1));
}

/** An entry that goes elsewhere in the list loses the focus on its way. */
function keepingFocus(element: Element | null, run: () => void): void {
  run();
  window.requestAnimationFrame(() => {
    if (element instanceof HTMLElement && element.isConnected) element.focus();
  });
}
