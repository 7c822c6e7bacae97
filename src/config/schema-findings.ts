import type { z } from 'zod';
import { nearestWord } from '../layout/nearest-word.js';
import { allowedKeys } from './json-schema.js';
import { formatPath, type ConfigurationPath, type Finding } from './problems.js';

type Issue = z.core.$ZodIssue;

/** Keys whose values are never repeated in a message. */
const SECRET_KEYS: ReadonlySet<string> = new Set(['password', 'token', 'headers', 'username']);
/** Messages that zod words itself; any other was written beside the schema and says what is expected. */
const OWN_WORDS = /^(Invalid|Too small|Too big|Unrecognized)/;

/**
 * What the schema objects to, in words that a person can act on.
 * @param value the configuration that was checked, with its secrets filled in: values are quoted only where they cannot be one
 */
export function schemaFindings(issues: readonly Issue[], value: unknown, secrets: readonly string[]): Finding[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(path, key, value));
    return [describe(issue, path, valueAt(value, path), quoteFor(path, secrets))];
  });
}

function unknownKey(path: ConfigurationPath, key: string, value: unknown): Finding {
  const allowed = allowedKeys(path, value);
  const nearest = nearestWord(key, allowed);
  return {
    code: 'unknown-key',
    path: [...path, key],
    atKey: true,
    message: `there is no setting "${key}" here`,
    mend: nearest === null ? `remove it; what can stand here: ${allowed.join(', ')}` : `did you mean "${nearest}"?`,
  };
}

function describe(issue: Issue, path: ConfigurationPath, found: unknown, quote: (value: unknown) => string): Finding {
  const expected = expectation(issue);
  if (path.length === 0 && found === null) {
    return {
      code: 'empty',
      path,
      message: 'the configuration is empty',
      mend: 'copy config/small-hall.yaml and change it',
    };
  }
  if (found === undefined && issue.code !== 'custom') {
    const key = formatPath(path.slice(-1));
    return { code: 'missing', path, message: `${key} is missing`, mend: `add ${key}: ${expected}` };
  }
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(path, found, expected);
    case 'invalid_key':
      return {
        code: 'bad-name',
        path,
        atKey: true,
        message: `"${String(path.at(-1))}" cannot be a name here`,
        mend: `use ${issue.issues[0]?.message ?? 'another name'}`,
      };
    case 'too_small':
    case 'too_big':
      return {
        code: issue.code === 'too_small' ? 'too-small' : 'too-large',
        path,
        message: `${quote(found)} is ${sizeWord(issue)}`,
        mend: `use ${expected}`,
      };
    case 'custom':
      // On one value it is a rule like any other; on a whole group, two settings do not go together.
      if (typeof found !== 'object') return oneOf(issue, path, found, expected, quote);
      return {
        code: 'bad-combination',
        path,
        message: describeCustom(issue.message),
        mend: 'write exactly one of the two',
      };
    default:
      return oneOf(issue, path, found, expected, quote);
  }
}

function oneOf(
  issue: Issue,
  path: ConfigurationPath,
  found: unknown,
  expected: string,
  quote: (value: unknown) => string,
): Finding {
  const choices = choicesOf(issue);
  const nearest = typeof found === 'string' ? nearestWord(found, choices.map(String)) : null;
  return {
    code: choices.length > 0 ? 'unknown-choice' : 'bad-value',
    path,
    message: `${quote(found)} cannot stand here`,
    mend: nearest === null ? `use ${expected}` : `did you mean "${nearest}"? Possible: ${expected}`,
  };
}

function wrongType(path: ConfigurationPath, found: unknown, expected: string): Finding {
  const message = `expected ${expected}, found ${kindOf(found)}`;
  const wrong = (mend: string): Finding => ({ code: 'wrong-type', path, message, mend });
  if (found === null) return wrong('write a value behind it, or remove it');
  if (expected === 'a text' && (typeof found === 'number' || typeof found === 'boolean'))
    return wrong('put quotes around it');
  if (
    expected.endsWith('number') &&
    typeof found === 'string' &&
    found.trim() !== '' &&
    Number.isFinite(Number(found))
  ) {
    return wrong('remove the quotes');
  }
  if (expected === 'a list') return wrong('write each entry on its own line, behind "- "');
  if (expected === 'settings') return wrong('write it as "key: value" lines, indented below');
  return wrong(`write ${expected}`);
}

/** What may stand there, as the object of "use …". */
function expectation(issue: Issue): string {
  if (issue.message !== '' && !OWN_WORDS.test(issue.message)) return issue.message;
  const choices = choicesOf(issue);
  if (choices.length > 0)
    return choices.map((choice) => JSON.stringify(choice)).join(choices.length === 2 ? ' or ' : ', ');
  switch (issue.code) {
    case 'invalid_type':
      return TYPE_WORDS[issue.expected] ?? issue.expected;
    case 'too_small':
      return `at least ${issue.minimum}${unitOf(issue.origin)}`;
    case 'too_big':
      return `at most ${issue.maximum}${unitOf(issue.origin)}`;
    case 'invalid_format':
      return issue.format === 'starts_with' && 'prefix' in issue
        ? `a text that begins with "${String(issue.prefix)}"`
        : issue.format === 'url'
          ? 'an address such as "http://192.168.10.5/queue.json"'
          : 'another form';
    default:
      return 'another value';
  }
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'settings',
  record: 'settings',
};

/** The values among which one must be chosen; empty when it is no such question. */
function choicesOf(issue: Issue): (string | number)[] {
  if (issue.code === 'invalid_value')
    return issue.values.map((value) => (typeof value === 'number' ? value : String(value)));
  if (issue.code !== 'invalid_union') return [];
  if ('options' in issue && Array.isArray(issue.options)) return issue.options.map(String);
  const branches = issue.errors.map((branch) => branch.flatMap(choicesOf));
  return branches.every((branch) => branch.length > 0) ? branches.flat() : [];
}

function sizeWord(issue: Issue & { code: 'too_small' | 'too_big' }): string {
  const counted = issue.origin === 'string' || issue.origin === 'array';
  if (issue.code === 'too_small') return counted ? 'too short' : 'too small';
  return counted ? 'too long' : 'too large';
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' entries' : '';
}

function describeCustom(message: string): string {
  return OWN_WORDS.test(message) ? 'these settings do not go together' : message;
}

function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'settings';
  if (typeof value === 'string') return 'a text';
  if (typeof value === 'boolean') return 'true or false';
  return Number.isInteger(value) ? 'a number' : 'a number with a fraction';
}

function quoteFor(path: ConfigurationPath, secrets: readonly string[]): (value: unknown) => string {
  return (value) => {
    if (Array.isArray(value)) return 'the list';
    if (typeof value !== 'string' && typeof value !== 'number') return 'this';
    const text = String(value);
    const hidden =
      path.some((step) => SECRET_KEYS.has(String(step))) ||
      text.includes('://') ||
      secrets.some((secret) => text.includes(secret));
    if (hidden) return 'the given text';
    return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : value);
  };
}

function valueAt(value: unknown, path: ConfigurationPath): unknown {
  return path.reduce<unknown>(
    (part, step) => (part as Readonly<Record<string | number, unknown>> | null | undefined)?.[step],
    value,
  );
}
