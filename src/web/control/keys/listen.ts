import type { Desk } from '../desk.js';
import { isWritten } from '../state/hall.js';
import { shortcutOf } from './shortcut.js';
import type { KeyPress, ShortcutAction } from './shortcut.js';

/** Listens to the whole page. @returns how to stop */
export function listenToKeys(desk: Desk, openHelp: () => void): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!desk.preferences.shortcuts.value || event.defaultPrevented) return;
    // Behind an open dialog nobody sees what a key does.
    if (document.querySelector('dialog[open]') !== null) return;
    const action = shortcutOf({ ...pick(event), focus: focusOf(document.activeElement) });
    if (action === null) return;
    event.preventDefault();
    act(desk, action, openHelp);
  };
  // A button that was pressed by hand would keep the focus, and the next Space would press it again instead of cutting.
  const onClick = (event: MouseEvent): void => {
    const byHand = event instanceof PointerEvent && event.pointerType !== '';
    if (byHand && event.target instanceof Element) event.target.closest('button')?.blur();
  };
  window.addEventListener('keydown', onKeyDown);
  window.addEventListener('click', onClick);
  return () => {
    window.removeEventListener('keydown', onKeyDown);
    window.removeEventListener('click', onClick);
  };
}

function act({ hall, commands, may }: Desk, action: ShortcutAction, openHelp: () => void): void {
  switch (action.kind) {
    case 'select': {
      const layout = hall.wall.value?.layouts.filter(isWritten)[action.position];
      if (layout !== undefined && may.value.operate) void commands.switching.selectLayout(layout.id);
      break;
    }
    case 'cut':
      if (hall.wall.value?.studioMode === true && may.value.operate) void commands.switching.cut();
      break;
    case 'auto':
      if (hall.wall.value?.studioMode === true && may.value.operate) void commands.switching.auto();
      break;
    case 'undo':
      if (hall.wall.value?.undo !== null && may.value.operate) void commands.switching.undo();
      break;
    case 'blackout':
      if (may.value.operate || (may.value.blackOut && hall.wall.value?.blackout === false))
        void commands.switching.toggleBlackout();
      break;
    case 'freeze':
      if (may.value.operate) void commands.switching.toggleFreeze();
      break;
    case 'help':
      openHelp();
  }
}

function pick(event: KeyboardEvent): Omit<KeyPress, 'focus'> {
  const { code, repeat, ctrlKey, altKey, metaKey, shiftKey } = event;
  // 229 is how browsers report keys that an input method has taken, before composition begins.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- there is no other sign of it
  return { code, repeat, ctrlKey, altKey, metaKey, shiftKey, isComposing: event.isComposing || event.keyCode === 229 };
}

function focusOf(element: Element | null): KeyPress['focus'] {
  if (element === null || element === document.body) return 'none';
  if (element instanceof HTMLElement && element.isContentEditable) return 'text';
  if (element.matches('textarea, select, input:not([type="checkbox"], [type="radio"], [type="button"])')) return 'text';
  return element.matches('button, a[href], summary, input, [tabindex]') ? 'control' : 'none';
}
