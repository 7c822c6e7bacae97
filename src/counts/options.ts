import parseJsonPath from 'jsonpath-rfc9535/parser';
import { z } from 'zod';
import { duration } from '../core/duration.js';

const identifier = z.string().regex(/^[a-z][a-z0-9_-]*$/, 'lower-case letters, digits, hyphens and underscores');

/** A name in braces: a queue system that pushes its counts brings its own, often in camel case. */
const fieldName = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]*$/, 'letters, digits, hyphens and underscores');

const jsonPath = z.string().refine(isJsonPath, 'a JSONPath as in RFC 9535, such as "$.ticketsToServe"');

function isJsonPath(text: string): boolean {
  try {
    parseJsonPath(text);
    return true;
  } catch {
    // The parser has no other way of saying no.
    return false;
  }
}

const common = {
  id: identifier,
  staleAfter: duration.default(30_000).describe('A count older than this is shown as "—"'),
};

/** Asked for at an interval over HTTP, answered in JSON. */
export const httpCountOptions = z.strictObject({
  ...common,
  type: z.literal('http'),
  url: z.url({ protocol: /^https?$/ }),
  every: duration.default(2_000),
  headers: z.record(z.string(), z.string()).default({}),
  fields: z.record(fieldName, jsonPath).describe('Name in the ticker: JSONPath (RFC 9535) in the answer'),
});

/** Pushed to us: `PUT /api/v1/counts/ID`. */
export const pushCountOptions = z.strictObject({
  ...common,
  type: z.literal('push'),
  fields: z.array(fieldName).min(1).optional().describe('Names that are taken; without it every number and text'),
});

/** One source of counts. */
export const countOptions = z.discriminatedUnion('type', [httpCountOptions, pushCountOptions]);

/** A source of counts, with defaults filled in and times in milliseconds. */
export type CountOptions = z.output<typeof countOptions>;
