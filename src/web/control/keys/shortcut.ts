/**
 * The keys folder: which key does what, by its place on the keyboard (`KeyboardEvent.code`), so that an input method
 * or another keyboard layout changes nothing.
 */
export type ShortcutAction =
  | { readonly kind: 'select'; readonly position: number }
  | { readonly kind: 'cut' }
  | { readonly kind: 'auto' }
  | { readonly kind: 'undo' }
  | { readonly kind: 'blackout' }
  | { readonly kind: 'freeze' }
  | { readonly kind: 'help' };

/** What a decision needs of a key event. */
export type KeyPress = Pick<
  KeyboardEvent,
  'code' | 'repeat' | 'isComposing' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'
> & {
  /** Where the focus is: in a field that takes text, on something that Space presses, or nowhere in particular. */
  readonly focus: 'text' | 'control' | 'none';
};

/** What a key press asks for, null for nothing. `position` counts layouts from 0. */
export function shortcutOf(press: KeyPress): ShortcutAction | null {
  if (press.repeat || press.isComposing || press.ctrlKey || press.altKey || press.metaKey) return null;
  if (press.focus === 'text') return null;
  if (press.code === 'Slash' && press.shiftKey) return { kind: 'help' };
  if (press.shiftKey) return null;
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(press.code)?.[1];
  if (digit !== undefined) return { kind: 'select', position: Number(digit) - 1 };
  if (press.code === 'KeyB') return { kind: 'blackout' };
  if (press.code === 'KeyF') return { kind: 'freeze' };
  if (press.code === 'KeyU') return { kind: 'undo' };
  // On a button that was reached by keyboard, Space and Enter press that button and nothing else.
  if (press.focus !== 'none') return null;
  if (press.code === 'Space') return { kind: 'cut' };
  if (press.code === 'Enter' || press.code === 'NumpadEnter') return { kind: 'auto' };
  return null;
}
