import type { ReadonlySignal } from '@preact/signals';

/** Asks before a link or the end of the page takes away what is not saved. @param ask is given where the link leads @returns how to stop */
export function guardLeaving(isUnsaved: ReadonlySignal<boolean>, ask: (hash: string) => void): () => void {
  const onClick = (event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#/"]') : null;
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (link === null || !isPlain || !isUnsaved.value) return;
    event.preventDefault();
    ask(link.getAttribute('href') ?? '#/');
  };
  const onUnload = (event: BeforeUnloadEvent): void => {
    if (isUnsaved.value) event.preventDefault();
  };
  document.addEventListener('click', onClick, true);
  window.addEventListener('beforeunload', onUnload);
  return () => {
    document.removeEventListener('click', onClick, true);
    window.removeEventListener('beforeunload', onUnload);
  };
}
