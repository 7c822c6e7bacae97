import type { Signal } from '@preact/signals';
import { useDesk } from '../../desk.js';
import { Dialog } from '../../parts/dialog.js';
import './shortcuts-dialog.css';

/** The keys, and the switch that turns them off for those whom single keys get in the way (WCAG 2.1.4). */
export function ShortcutsDialog({ open }: { readonly open: Signal<boolean> }) {
  const { texts, preferences } = useDesk();
  const words = texts.value.shortcuts;
  if (!open.value) return null;
  const keys = [
    { keys: ['1', '–', '9'], words: words.select },
    { keys: [texts.value.take.space], words: words.cut },
    { keys: [texts.value.take.enter], words: words.auto },
    { keys: ['B'], words: words.blackout },
    { keys: ['F'], words: words.freeze },
    { keys: ['U'], words: words.undo },
    { keys: ['?'], words: words.help },
  ];
  return (
    <Dialog name="shortcuts" heading={words.heading} onClose={() => (open.value = false)}>
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
    </Dialog>
  );
}
