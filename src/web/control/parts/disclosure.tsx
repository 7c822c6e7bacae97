import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import './disclosure.css';

/** A list that opens below a line in the bar, and is closed by Escape, by a press anywhere else, and by following a link in it. */
export function Disclosure(props: {
  readonly class: string;
  readonly summary: ComponentChildren;
  readonly label?: string;
  readonly children: ComponentChildren;
}) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => closeFromOutside(details), []);
  return (
    <details ref={details} class={`disclosure ${props.class}`}>
      <summary aria-label={props.label}>{props.summary}</summary>
      <div class="disclosure-content">{props.children}</div>
    </details>
  );
}

/** @returns how to stop */
function closeFromOutside(details: { readonly current: HTMLDetailsElement | null }): () => void {
  const close = (): void => details.current?.removeAttribute('open');
  const onPress = (event: PointerEvent): void => {
    const inside = event.target instanceof Node && details.current?.contains(event.target) === true;
    if (!inside) close();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.code !== 'Escape' || details.current?.open !== true) return;
    close();
    details.current.querySelector('summary')?.focus();
  };
  window.addEventListener('pointerdown', onPress);
  window.addEventListener('keydown', onKey);
  window.addEventListener('hashchange', close);
  return () => {
    window.removeEventListener('pointerdown', onPress);
    window.removeEventListener('keydown', onKey);
    window.removeEventListener('hashchange', close);
  };
}
