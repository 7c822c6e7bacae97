import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFileText, replaceFileText, writeObstacle } from '../../../src/config/editing/configuration-file.js';
import { GlasshallError } from '../../../src/core/errors.js';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'glasshall-configuration-'));
  file = join(folder, 'hall.yaml');
  await writeFile(file, '\uFEFFwall: 墙\n');
  await chmod(file, 0o644);
});

afterEach(async () => {
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true });
});

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing',
    (failure: unknown) => (failure instanceof GlasshallError ? failure.code : String(failure)),
  );

describe('a configuration file', () => {
  it('is replaced whole, with the mode that it had, and nothing is left beside it', async () => {
    const { text, revision } = await readFileText(file);
    expect(text).toBe('\uFEFFwall: 墙\n');
    await replaceFileText(file, `${text}# more\n`, revision);
    expect(await readFile(file, 'utf8')).toBe('\uFEFFwall: 墙\n# more\n');
    expect((await stat(file)).mode & 0o777).toBe(0o644);
    expect(await readdir(folder)).toEqual(['hall.yaml']);
  });

  it('keeps the owner that it had, where root writes it', async () => {
    if (process.getuid?.() !== 0) return;
    const { chown } = await import('node:fs/promises');
    await chown(file, 1_234, 4_321);
    await replaceFileText(file, 'new', (await readFileText(file)).revision);
    expect(await stat(file)).toMatchObject({ uid: 1_234, gid: 4_321 });
  });

  it('is reached through a symbolic link, which stays one', async () => {
    await mkdir(join(folder, 'link'));
    const link = join(folder, 'link', 'current.yaml');
    await symlink('../hall.yaml', link);
    await replaceFileText(link, 'new', (await readFileText(link)).revision);
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect(await readFile(file, 'utf8')).toBe('new');
  });

  it('that somebody else changed stays as they left it', async () => {
    const { revision } = await readFileText(file);
    await writeFile(file, 'theirs');
    expect(await codeOf(replaceFileText(file, 'ours', revision))).toBe('configuration-changed');
    expect(await readFile(file, 'utf8')).toBe('theirs');
    expect(await readdir(folder)).toEqual(['hall.yaml']);
  });

  it('that is gone, or may not be written, is told of and left alone', async () => {
    expect(await writeObstacle(file)).toBe(null);
    expect(await writeObstacle(join(folder, 'gone.yaml'))).toBe('read-only');
    expect(await codeOf(replaceFileText(join(folder, 'gone.yaml'), 'ours', ''))).toBe('configuration-not-written');
    // Root is stopped by no mode.
    const isRoot = process.getuid?.() === 0;
    const { revision } = await readFileText(file);
    await chmod(folder, 0o555);
    if (!isRoot) expect(await writeObstacle(file)).toBe('read-only');
    if (isRoot) process.seteuid?.(65_534);
    try {
      expect(await codeOf(replaceFileText(file, 'ours', revision))).toBe('configuration-read-only');
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
    expect(await readFile(file, 'utf8')).toBe('\uFEFFwall: 墙\n');
  });
});
