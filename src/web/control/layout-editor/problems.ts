import { IDENTIFIER } from '../../../core/identifier.js';
import type { Size } from '../../../core/geometry.js';
import { checkLayout } from '../../../layout/checks.js';
import type { SourceKind } from '../../../layout/sources.js';
import type { Drawing } from './drawing.js';

/** Something that the configuration would not take. `cell`: whose, null for the layout as a whole. */
export type DrawingProblem = {
  readonly cell: string | null;
  readonly code:
    | 'no-cells'
    | 'no-name'
    | 'name-taken'
    | 'bad-id'
    | 'id-taken'
    | 'unknown-source'
    | 'cell-too-small'
    | 'cell-off-wall'
    | 'cell-empty'
    | 'cells-overlap';
};

/** What a drawing is looked at against. */
export type DrawingSurroundings = {
  readonly wall: Size;
  /** The configured sources' kinds, by their ids. */
  readonly sources: ReadonlyMap<string, SourceKind>;
  /** The layouts of the configuration, without the one that this one replaces. */
  readonly others: readonly { readonly id: string; readonly name: string }[];
};

const CODES: ReadonlySet<string> = new Set([
  'unknown-source',
  'cell-too-small',
  'cell-off-wall',
  'cell-empty',
  'cells-overlap',
]);

/** Everything that keeps a drawing from being saved, by the rules of the configuration itself; the server has the last word. */
export function problemsOf(
  drawing: Drawing,
  { wall, sources, others }: DrawingSurroundings,
): readonly DrawingProblem[] {
  const problems: DrawingProblem[] = [];
  const blame = (code: DrawingProblem['code'], isSo: boolean): void => {
    if (isSo) problems.push({ cell: null, code });
  };
  const name = drawing.name.trim();
  blame('no-name', name === '');
  blame(
    'name-taken',
    others.some((other) => other.name === name),
  );
  blame('bad-id', !IDENTIFIER.test(drawing.id));
  blame(
    'id-taken',
    others.some((other) => other.id === drawing.id),
  );
  blame('no-cells', drawing.cells.length === 0);
  const origins = new Map(drawing.cells.map(({ id }) => [id, { path: [id] }]));
  for (const { code, path } of checkLayout(drawing, origins, { wall, sources })) {
    if (isCode(code)) problems.push({ cell: String(path[0]), code });
  }
  return problems;
}

function isCode(code: string): code is DrawingProblem['code'] {
  return CODES.has(code);
}
