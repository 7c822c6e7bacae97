import { z } from 'zod';
import type { CountValue } from './count.js';

/** The longest text that is taken for a count, such as the label of a ticket. */
export const LONGEST_VALUE_CHARACTERS = 64;

const countValue: z.ZodType<CountValue> = z.union([
  z.number().min(0),
  z.string().trim().min(1).max(LONGEST_VALUE_CHARACTERS),
]);

/** A value as it came from outside, or null where it can be no count: not finite, negative, empty or long text, anything else. */
export function toCountValue(value: unknown): CountValue | null {
  const parsed = countValue.safeParse(value);
  return parsed.success ? parsed.data : null;
}
