import type { z } from 'zod';
import { requestStatus, type Fields } from './protocol.js';

const wordsOfType: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a number',
  boolean: 'boolean',
  object: 'an object',
  record: 'an object',
  array: 'an array',
};

/** Says what is wrong with request data, in OBS's status codes and words ("RequestStatus" 300 and 400 to 404). */
export function refusalOf(issue: z.core.$ZodIssue | undefined, data: Fields): { code: number; comment: string } {
  const field = issue?.path.join('.') ?? '';
  if (issue === undefined)
    return { code: requestStatus.invalidRequestField, comment: 'Your request data is not valid.' };
  switch (issue.code) {
    case 'invalid_type':
      return valueAt(data, issue.path) === undefined
        ? { code: requestStatus.missingRequestField, comment: `Your request is missing the \`${field}\` field.` }
        : {
            code: requestStatus.invalidRequestFieldType,
            comment: `The field value of \`${field}\` must be ${wordsOfType[issue.expected] ?? issue.expected}.`,
          };
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int'
        ? outOfRange(field, 'below the minimum', issue.minimum)
        : { code: requestStatus.requestFieldEmpty, comment: `The field value of \`${field}\` must not be empty.` };
    case 'too_big':
      return issue.origin === 'number' || issue.origin === 'int'
        ? outOfRange(field, 'above the maximum', issue.maximum)
        : { code: requestStatus.invalidRequestField, comment: `The field value of \`${field}\` is too long.` };
    case 'unrecognized_keys':
      return {
        code: requestStatus.tooManyRequestFields,
        comment: `The field \`${issue.keys[0] ?? ''}\` is not known.`,
      };
    default:
      return { code: requestStatus.invalidRequestField, comment: `The field value of \`${field}\` is not valid.` };
  }
}

function outOfRange(field: string, words: string, limit: number | bigint): { code: number; comment: string } {
  const comment = `The field value of \`${field}\` is ${words} of \`${Number(limit).toFixed(6)}\``;
  return { code: requestStatus.requestFieldOutOfRange, comment };
}

function valueAt(data: Fields, path: readonly PropertyKey[]): unknown {
  let value: unknown = data;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}
