const PATHS = {
  warning: 'M8 1.8 15 14H1Zm-.8 4.4v4h1.6v-4Zm0 5.2v1.5h1.6v-1.5Z',
  alarm: 'M5 1h6l4 4v6l-4 4H5l-4-4V5Zm2.2 3v5h1.6V4Zm0 6.4V12h1.6v-1.6Z',
  good: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm-1 9.6 4.9-4.9-1.1-1.1L7 8.4 5.2 6.6 4.1 7.7Z',
  quiet: 'M8 3a5 5 0 1 1 0 10A5 5 0 0 1 8 3Zm0 1.6a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.8Z',
  retry: 'M8 2a6 6 0 0 1 5 2.7V2.5h1.6v5h-5V6h2.2A4.4 4.4 0 1 0 12.4 8H14a6 6 0 1 1-6-6Z',
  keyboard:
    'M1 4h14v8H1Zm2 1.8v1.4h1.4V5.8Zm2.9 0v1.4h1.4V5.8Zm2.9 0v1.4h1.4V5.8Zm2.8 0v1.4H13V5.8ZM4.4 8.8v1.4h7.2V8.8Z',
  close: 'm4.1 3 3.9 3.9L11.9 3 13 4.1 9.1 8l3.9 3.9-1.1 1.1L8 9.1 4.1 13 3 11.9 6.9 8 3 4.1Z',
  cut: 'M1 7.2h9.2L6.9 3.9 8 2.8 13.2 8 8 13.2l-1.1-1.1 3.3-3.3H1ZM14 2.5h1.6v11H14Z',
  undo: 'M6.2 2.4 7.3 3.5 5.1 5.7H9.5a4.3 4.3 0 0 1 0 8.6H5v-1.6h4.5a2.7 2.7 0 0 0 0-5.4H5.1l2.2 2.2-1.1 1.1L2 6.5Z',
  menu: 'M2 3.2h12v1.6H2Zm0 4h12v1.6H2Zm0 4h12v1.6H2Z',
  full: 'M1.5 2.5h13v11h-13Zm1.6 1.6v7.8h9.8V4.1Z',
  place: 'M1.5 2.5h13v11h-13Zm1.6 1.6v3.1h4.1V4.1Zm5.7 0v7.8h4.1V4.1Zm-5.7 4.7v3.1h4.1V8.8Z',
  camera: 'M1 4h9.5v2.6L15 4.4v7.2l-4.5-2.2V12H1Zm1.6 1.6v4.8h6.3V5.6Z',
  ticker: 'M1 5h14v6H1Zm1.6 1.6v2.8h10.8V6.6ZM4 7.4h5v1.2H4Zm6.2 0h1.6v1.2h-1.6Z',
  clock:
    'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Zm0 1.6a4.9 4.9 0 1 0 0 9.8 4.9 4.9 0 0 0 0-9.8Zm-.7 1.6h1.4v3l2.2 1.3-.7 1.2-2.9-1.7Z',
  board: 'M1.5 2.5h13v11h-13Zm1.6 1.6v7.8h9.8V4.1ZM4.4 5.3h3v1.4h-3Zm5.2 0h2v1.4h-2ZM4.4 9.3h3v1.4h-3Zm5.2 0h2v1.4h-2Z',
  image:
    'M1.5 2.5h13v11h-13Zm1.6 1.6v6.1l2.8-2.9 2.3 2.3 1.9-1.5 2.8 2.2V4.1Zm7.1 1a1.2 1.2 0 1 1 0 2.4 1.2 1.2 0 0 1 0-2.4Z',
  lock: 'M4.5 7V5a3.5 3.5 0 0 1 7 0v2H13v7.5H3V7Zm1.6 0h3.8V5a1.9 1.9 0 0 0-3.8 0Z',
} as const;

export type IconName = keyof typeof PATHS;

/** A sign that goes with words; it says nothing to a screen reader by itself. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path fill-rule="evenodd" d={PATHS[name]} />
    </svg>
  );
}
