import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadConfiguration } from '../../src/config/load.js';
import { ConfigurationError } from '../../src/config/problems.js';
import { processSecrets } from '../../src/config/secrets.js';
import { glasshall } from '../cli/command-line.js';

const folder = new URL('../../fixtures/config/broken/', import.meta.url);

/** Each file begins with `# expect: CODE LINE [PATH]`: the one thing that is wrong with it. */
const files = readdirSync(folder).map((name) => {
  const [code, line, path] = /^# expect: (.+)/.exec(readFileSync(new URL(name, folder), 'utf8'))?.[1]?.split(' ') ?? [];
  return { name, code, line: Number(line), path: path ?? '' };
});

describe('broken configurations', () => {
  it('are many', () => expect(files.length).toBeGreaterThanOrEqual(20));

  it.each(files)('$name: $code', async ({ name, code, line, path }) => {
    const file = fileURLToPath(new URL(name, folder));
    const failure: unknown = await loadConfiguration(file, processSecrets({})).then(
      () => null,
      (reason: unknown) => reason,
    );
    if (!(failure instanceof ConfigurationError)) throw new Error(`${name} was accepted`, { cause: failure });
    expect(failure.problems.map((problem) => ({ code: problem.code, line: problem.line, path: problem.path }))).toEqual(
      [{ code, line, path }],
    );
    const [problem] = failure.problems;
    expect(problem?.message).toMatch(/\S/);
    expect(problem?.mend).toMatch(/\S/);
    expect(failure.message.split('\n')).toHaveLength(1);
    expect(failure.message.startsWith(`${file}:${line}:`)).toBe(true);
    expect(failure.message).not.toMatch(/undefined|\[object|Invalid input|ZodError|secret@/);
  });

  it('end the command line with status 1, one line and no stack', async () => {
    const file = fileURLToPath(new URL('unknown-key.yaml', folder));
    const ended = await glasshall(['check', file]);
    expect(ended.status).toBe(1);
    expect(ended.errors.startsWith(`${file}:6:3 wall.widht`)).toBe(true);
    expect(ended.errors).toContain('did you mean "width"?');
    expect(ended.errors.trim().split('\n')).toHaveLength(1);
    expect(ended.output).toBe('');
  });
});
