import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rehearsalConfiguration } from '../../src/rehearsal-configuration.js';

it('gives a rehearsal a configuration of its own, kept until the one of the project is newer', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'glasshall-rehearsal-'));
  const project = join(folder, 'project.yaml');
  await writeFile(project, 'first');
  const copy = await rehearsalConfiguration(project, join(folder, 'state'));
  expect(await readFile(copy, 'utf8')).toBe('first');

  await writeFile(copy, 'practised');
  expect(await rehearsalConfiguration(project, join(folder, 'state'))).toBe(copy);
  expect(await readFile(copy, 'utf8')).toBe('practised');
  expect(await readFile(project, 'utf8')).toBe('first');

  await writeFile(project, 'second');
  await utimes(project, new Date(), new Date(Date.now() + 60_000));
  await rehearsalConfiguration(project, join(folder, 'state'));
  expect(await readFile(copy, 'utf8')).toBe('second');
  expect(await readFile(join(folder, 'state', 'rehearsal.before.yaml'), 'utf8')).toBe('practised');
  await rm(folder, { recursive: true });
});
