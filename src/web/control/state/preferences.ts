import { effect, signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { LanguageCode } from '../i18n/languages.js';

/** Dark as a control room, light as an office, or as the device is set. */
export const THEMES = ['system', 'dark', 'light'] as const;
export type Theme = (typeof THEMES)[number];

/** What a person chose on this device. */
export type Preferences = {
  readonly language: Signal<LanguageCode>;
  readonly shortcuts: Signal<boolean>;
  readonly theme: Signal<Theme>;
  /** Whether cabinets and chains are drawn over the picture of the wall view. */
  readonly pixelMap: Signal<boolean>;
};

const LANGUAGE_KEY = 'glasshall.language';
const THEME_KEY = 'glasshall.theme';
const SHORTCUTS_KEY = 'glasshall.shortcuts';
const PIXEL_MAP_KEY = 'glasshall.pixel-map';

/** Read from this browser's storage, and kept there. */
export function createPreferences(): Preferences {
  const language = signal<LanguageCode>(read(LANGUAGE_KEY) === 'en' ? 'en' : 'zh-CN');
  const shortcuts = signal(read(SHORTCUTS_KEY) !== 'off');
  const theme = signal<Theme>(THEMES.find((one) => one === read(THEME_KEY)) ?? 'system');
  const pixelMap = signal(read(PIXEL_MAP_KEY) !== 'off');
  effect(() => write(LANGUAGE_KEY, language.value));
  effect(() => write(THEME_KEY, theme.value));
  effect(() => write(SHORTCUTS_KEY, shortcuts.value ? 'on' : 'off'));
  effect(() => write(PIXEL_MAP_KEY, pixelMap.value ? 'on' : 'off'));
  return { language, shortcuts, theme, pixelMap };
}

/** Storage may be forbidden on a locked-down tablet: the page then works with what it has until it is closed. */
function read(key: string): string | null {
  try {
    return window.localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    window.localStorage.setItem(key, value);
  } catch {
    // Nothing is lost but the memory of a choice.
  }
}
