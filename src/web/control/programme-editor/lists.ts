/** The list with one entry moved by so many places; as it is where it cannot go on. */
export function moved<T>(list: readonly T[], from: number, by: number): readonly T[] {
  const to = from + by;
  const entry = list[from];
  if (entry === undefined || to < 0 || to >= list.length) return list;
  return list.toSpliced(from, 1).toSpliced(to, 0, entry);
}

/** The list with another entry in one place. */
export function replaced<T>(list: readonly T[], index: number, entry: T): readonly T[] {
  return list.map((other, position) => (position === index ? entry : other));
}
