import { ownKindOf } from '../layout/sources.js';
import type { Finding } from './problems.js';
import { templateFindings } from './template-checks.js';
import { duplicates } from './uniqueness.js';
import type { ValidParts } from './valid-parts.js';

/** Whether every source can be told from the others, and boards ask for counts that exist. */
export function sourceFindings(parts: ValidParts): Finding[] {
  const lists = [
    { list: 'cameras', entries: parts.cameras },
    { list: 'boards', entries: parts.boards },
    { list: 'images', entries: parts.images },
  ];
  return [
    ...duplicates('id', lists),
    ...duplicates('name', lists),
    ...lists.flatMap(({ list, entries }) =>
      entries.flatMap((entry, index) => (entry === null ? [] : reserved(list, index, entry.id))),
    ),
    ...parts.boards.flatMap((board, index) =>
      (board?.rows ?? []).flatMap(({ value }, row) =>
        templateFindings(value, ['boards', index, 'rows', row, 'value'], parts),
      ),
    ),
  ];
}

function reserved(list: string, index: number, id: string): Finding[] {
  const own = ownKindOf(id);
  if (own === null) return [];
  return [
    {
      code: 'reserved-id',
      path: [list, index, 'id'],
      message: `"${id}" means the ${own} in every layout`,
      mend: `give the ${list.slice(0, -1)} another id`,
    },
  ];
}
