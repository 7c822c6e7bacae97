/** Something wrong with a layout as it is written. The words are English; `code` is stable. */
export type LayoutProblem = {
  readonly code: string;
  /** Where in the layout's options: keys and indexes, such as `['cells', 1, 'x']`. */
  readonly path: readonly (string | number)[];
  /** For a place inside the drawing: its line (counted from 0 in the text of `areas`) and its word in that line (from 0). */
  readonly drawing?: { readonly line: number; readonly word: number };
  /** What is wrong. */
  readonly message: string;
  /** How to mend it. */
  readonly mend: string;
};
