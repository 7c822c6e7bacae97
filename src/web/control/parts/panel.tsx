import type { ComponentChildren } from 'preact';

/** A panel: a heading, a few words beside it, and its content. */
export function Panel(props: {
  readonly id: string;
  readonly heading: string;
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  const headingId = `${props.id}-heading`;
  return (
    <section class={`panel ${props.id}-panel`} aria-labelledby={headingId}>
      <div class="panel-head">
        <h2 id={headingId}>{props.heading}</h2>
        {props.aside}
      </div>
      {props.children}
    </section>
  );
}

/** What stands where there is nothing (yet). */
export function Nothing({ words }: { readonly words: string }) {
  return <p class="nothing">{words}</p>;
}
