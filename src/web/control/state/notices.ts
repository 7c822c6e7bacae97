import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Texts } from '../i18n/languages.js';

/** Finds the words for what went wrong in a dictionary, so that a notice follows the language. */
export type FailureWords = (texts: Texts) => string;

/** A word to the operator. `code` says why, and is turned into words where it is shown. */
export type Notice = {
  readonly id: number;
  readonly action: string;
  readonly failure: FailureWords;
  readonly code: string;
  readonly comment: string;
};

/** Notices of failed commands, newest last, each gone after a while. */
export type Notices = {
  readonly list: ReadonlySignal<readonly Notice[]>;
  add(notice: Omit<Notice, 'id'>): void;
  remove(id: number): void;
};

const SHOWN_MS = 8_000;
const AT_MOST = 4;

export function createNotices(): Notices {
  const list = signal<readonly Notice[]>([]);
  let lastId = 0;
  const remove = (id: number): void => {
    list.value = list.value.filter((notice) => notice.id !== id);
  };
  return {
    list,
    remove,
    add: (notice) => {
      const id = (lastId += 1);
      const others = list.value.filter(({ action, code }) => action !== notice.action || code !== notice.code);
      list.value = [...others, { ...notice, id }].slice(-AT_MOST);
      window.setTimeout(() => remove(id), SHOWN_MS);
    },
  };
}
