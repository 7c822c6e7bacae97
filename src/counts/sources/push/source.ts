import { z } from 'zod';
import { GlasshallError } from '../../../core/errors.js';
import type { CountValue } from '../../count.js';
import type { CountSource, CountSourceContext } from '../../count-source.js';
import { toCountValue } from '../../count-value.js';
import type { pushCountOptions } from '../../options.js';

const MOST_FIELDS = 64;
const LONGEST_NAME = 64;
const pushed = z.record(z.string(), z.unknown());

/** Takes what a queue system pushes. Each push says everything: a field that it leaves out is missing from then on. */
export class PushSource implements CountSource {
  readonly fields: readonly string[];
  readonly #isListed: boolean;
  readonly #context: CountSourceContext;

  constructor(options: z.output<typeof pushCountOptions>, context: CountSourceContext) {
    this.fields = options.fields ?? [];
    this.#isListed = options.fields !== undefined;
    this.#context = context;
  }

  start(): void {
    // Nothing to begin: values come by themselves.
  }

  push(values: unknown): void {
    const object = pushed.safeParse(values);
    if (!object.success) throw badCount('not-an-object', null, 'counts are pushed as one JSON object');
    const taken = this.#isListed ? this.#takeListed(object.data) : takeAll(object.data);
    const isComplete = Object.values(taken).every((value) => value !== null);
    this.#context.report({ kind: 'answer', values: taken, reason: isComplete ? null : 'field-missing' });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #takeListed(object: Readonly<Record<string, unknown>>): Readonly<Record<string, CountValue | null>> {
    const entries = this.fields.map((field) => {
      const value = Object.hasOwn(object, field) ? (object[field] ?? null) : null;
      return [field, value === null ? null : checked(field, value)] as const;
    });
    if (entries.every(([, value]) => value === null)) {
      throw badCount('field-missing', this.fields[0] ?? null, `none of the fields ${this.fields.join(', ')} is there`);
    }
    return Object.fromEntries(entries);
  }
}

/** Every number and text; what is neither is nobody's count and left alone. */
function takeAll(object: Readonly<Record<string, unknown>>): Readonly<Record<string, CountValue | null>> {
  const entries = Object.entries(object).filter(([, value]) => typeof value === 'number' || typeof value === 'string');
  if (entries.length === 0) throw badCount('field-missing', null, 'there is no number and no text in it');
  if (entries.length > MOST_FIELDS) throw badCount('too-many-fields', null, `at most ${MOST_FIELDS} fields are taken`);
  return Object.fromEntries(
    entries.map(([field, value]) => {
      if (field.length > LONGEST_NAME)
        throw badCount('bad-name', null, `a field's name has at most ${LONGEST_NAME} characters`);
      return [field, checked(field, value)];
    }),
  );
}

function checked(field: string, value: unknown): CountValue {
  const count = toCountValue(value);
  if (count === null) throw badCount('bad-value', field, `${field} is neither a number from 0 up nor a short text`);
  return count;
}

function badCount(reason: string, field: string | null, message: string): GlasshallError {
  return new GlasshallError('bad-count', message, { reason, field });
}
