import { z } from 'zod';
import { configurationSchema } from './schema.js';

/** The part of JSON Schema (draft 2020-12) that describes our configuration. */
export type JsonSchema = {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly const?: unknown;
  readonly required?: readonly string[];
};

/** A number may be given as a reference, such as `"${SCREEN_PORT}"`; `pattern` speaks of texts alone. */
const REFERENCE_PATTERN = '^\\$\\{[^}]+\\}$';

/** The configuration file as a JSON Schema, for editors. Generated from the schema that checks the file. */
export function configurationJsonSchema(): JsonSchema {
  const generated = z.toJSONSchema(configurationSchema, {
    io: 'input',
    target: 'draft-2020-12',
    override: ({ jsonSchema }) => {
      const isNumber = jsonSchema.type === 'integer' || jsonSchema.type === 'number';
      if (!isNumber || jsonSchema.const !== undefined) return;
      Object.assign(jsonSchema, { type: [jsonSchema.type, 'string'], pattern: REFERENCE_PATTERN });
    },
  });
  return {
    ...generated,
    title: 'glasshall configuration',
    description: 'One wall: its cameras, layouts, counts, ticker, outputs and operators.',
  } as JsonSchema;
}

/** The keys that a mapping at this path may have, by the schema. `value` decides between alternatives by their constant keys, such as `type`. */
export function allowedKeys(
  path: readonly (string | number)[],
  value: unknown,
  schema = configurationJsonSchema(),
): string[] {
  const [step, ...rest] = path;
  if (step === undefined) return alternatives(schema, value).flatMap((part) => Object.keys(part.properties ?? {}));
  const child: unknown = (value as Readonly<Record<string | number, unknown>> | null | undefined)?.[step];
  const parts = alternatives(schema, value).flatMap((part) => {
    const next = typeof step === 'number' ? part.items : part.properties?.[step];
    return next === undefined ? [] : [next];
  });
  return [...new Set(parts.flatMap((part) => allowedKeys(rest, child, part)))];
}

function alternatives(schema: JsonSchema, value: unknown): JsonSchema[] {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices === undefined) return [schema];
  const given = value as Readonly<Record<string, unknown>> | null | undefined;
  const matching = choices.filter((choice) =>
    Object.entries(choice.properties ?? {}).every(
      ([key, part]) => part.const === undefined || part.const === given?.[key],
    ),
  );
  return (matching.length > 0 ? matching : [...choices]).flatMap((choice) => alternatives(choice, value));
}
