import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';

/** A word to the operator. `code` is turned into words where it is shown, so that it follows the language. */
export type Notice = {
  readonly id: number;
  readonly action: NoticeAction;
  readonly code: string;
  readonly comment: string;
};

/** What was being done when it went wrong. */
export type NoticeAction = 'select' | 'cut' | 'blackout' | 'ticker' | 'cell' | 'studio-mode';

/** Notices of failed commands, newest last, each gone after a while. */
export type Notices = {
  readonly list: ReadonlySignal<readonly Notice[]>;
  add(action: NoticeAction, code: string, comment: string): void;
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
    add: (action, code, comment) => {
      const id = (lastId += 1);
      const others = list.value.filter((notice) => notice.action !== action || notice.code !== code);
      list.value = [...others, { id, action, code, comment }].slice(-AT_MOST);
      window.setTimeout(() => remove(id), SHOWN_MS);
    },
  };
}
