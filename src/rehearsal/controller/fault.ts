/** What a simulated controller says of its screen instead of the truth. */
export type Lie = { readonly black?: boolean; readonly freeze?: boolean; readonly brightnessPercent?: number };

/**
 * How a simulated controller misbehaves. `lie` says something else than what is so; `deaf` says yes to every command and does
 * none; `hang` takes questions and never answers; `slow` lets its answer trickle, a byte a second; `drop` ends the
 * connection instead of an answer, `truncate` in the middle of one; `oversize` answers more than any answer has; `garbage` answers something else;
 * `refuse` answers that it will not.
 */
export type ControllerFault =
  | { readonly kind: 'none' }
  | { readonly kind: 'lie'; readonly says: Lie }
  | { readonly kind: 'deaf' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'slow' }
  | { readonly kind: 'drop' }
  | { readonly kind: 'truncate' }
  | { readonly kind: 'oversize' }
  | { readonly kind: 'garbage' }
  | { readonly kind: 'refuse' };
