import type { Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { useDesk } from '../../desk.js';
import { Icon } from '../../parts/icon.js';
import './shortcuts-dialog.css';

/** The keys, and the switch that turns them off for those whom single keys get in the way (WCAG 2.1.4). */
export function ShortcutsDialog({ open }: { readonly open: Signal<boolean> }) {
  const { texts, preferences } = useDesk();
  const words = texts.value.shortcuts;
  const dialog = useRef<HTMLDialogElement>(null);
  const isOpen = open.value;
  useEffect(() => {
    if (isOpen && dialog.current?.open === false) dialog.current.showModal();
  }, [isOpen]);
  /** At once, focus included: the next space may already be a cut, and must not press what was in focus here. */
  const close = (): void => {
    dialog.current?.close();
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    open.value = false;
  };
  const keys = [
    { keys: ['1', '–', '9'], words: words.select },
    { keys: [texts.value.take.space], words: words.cut },
    { keys: ['B'], words: words.blackout },
    { keys: ['F'], words: words.freeze },
    { keys: ['?'], words: words.help },
  ];
  return (
    <dialog
      ref={dialog}
      class="shortcuts"
      aria-labelledby="shortcuts-heading"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClose={close}
    >
      <div class="shortcuts-head">
        <h2 id="shortcuts-heading">{words.heading}</h2>
        <button class="button is-quiet" type="button" aria-label={texts.value.close} onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      <label class="switch">
        <input
          type="checkbox"
          checked={preferences.shortcuts.value}
          onChange={({ currentTarget }) => (preferences.shortcuts.value = currentTarget.checked)}
        />
        <span>{words.toggle}</span>
      </label>
      <dl>
        {keys.map((row) => (
          <div key={row.words}>
            <dt>{row.keys.map((key) => (key === '–' ? '–' : <kbd key={key}>{key}</kbd>))}</dt>
            <dd>{row.words}</dd>
          </div>
        ))}
      </dl>
      <p>{words.note}</p>
    </dialog>
  );
}
