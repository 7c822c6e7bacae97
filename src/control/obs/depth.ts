/** Deeper nesting than any message has; what is deeper could not be written again without running out of stack. */
export const MAXIMUM_DEPTH = 64;

/** Whether lists and objects are nested in each other more deeply than a message may be. */
export function isTooDeep(value: unknown): boolean {
  let depth = 0;
  let level: unknown[] = [value];
  while (level.length > 0) {
    depth += 1;
    if (depth > MAXIMUM_DEPTH) return true;
    level = level.flatMap((each) =>
      typeof each === 'object' && each !== null ? (Object.values(each) as unknown[]) : [],
    );
  }
  return false;
}
