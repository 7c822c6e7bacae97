import type { Finding } from './problems.js';

/** What may not be had twice, in lists that share one space of ids or names. An unsound entry is null. */
export type NamedList<Key extends string> = {
  /** Its key in the configuration. */
  readonly list: string;
  readonly entries: readonly (Readonly<Record<Key, string>> | null)[];
};

/** Ids or names that something before has already. */
export function duplicates<Key extends 'id' | 'name'>(key: Key, lists: readonly NamedList<Key>[]): Finding[] {
  const seen = new Map<string, string>();
  return lists.flatMap(({ list, entries }) =>
    entries.flatMap((entry, index): Finding[] => {
      if (entry === null) return [];
      const first = seen.get(entry[key]);
      seen.set(entry[key], first ?? `${list}[${index}]`);
      if (first === undefined) return [];
      return [
        {
          code: `duplicate-${key}`,
          path: [list, index, key],
          message: `"${entry[key]}" is the ${key} of ${first} already`,
          mend:
            key === 'id'
              ? 'give each an id of its own'
              : 'give each a name of its own: people and buttons choose by name',
        },
      ];
    }),
  );
}

/** The same within one list. */
export function uniqueness<Key extends 'id' | 'name'>(
  list: string,
  key: Key,
  entries: NamedList<Key>['entries'],
): Finding[] {
  return duplicates(key, [{ list, entries }]);
}
