import { effect } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Theme } from '../state/preferences.js';

/** Puts the theme on the page, and follows the device where that is what the person wants. */
export function followTheme(theme: ReadonlySignal<Theme>): void {
  const light = window.matchMedia('(prefers-color-scheme: light)');
  const show = (): void => {
    const chosen = theme.value === 'system' ? (light.matches ? 'light' : 'dark') : theme.value;
    const root = document.documentElement;
    root.dataset['theme'] = chosen;
    const colour = getComputedStyle(root).getPropertyValue('--surface-0').trim();
    document.querySelector('meta[name="theme-color"]')?.setAttribute('content', colour);
  };
  light.addEventListener('change', show);
  effect(show);
}
