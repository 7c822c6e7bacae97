import { chmod, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OperatorFile, operatorName, type StoredOperators } from '../../src/operators/operator-file.js';
import { makeToken, secretOf } from '../../src/operators/token.js';

let folder: string;
let file: OperatorFile;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'glasshall-operators-'));
  file = new OperatorFile(join(folder, 'state'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const adding =
  (name: string, token = makeToken()) =>
  ({ salt, operators }: StoredOperators): StoredOperators => ({
    salt,
    operators: [...operators, { name, role: 'operator', secret: secretOf(token, salt), madeAtMs: 1 }],
  });

async function namesIn(): Promise<string[]> {
  const state = await file.read();
  if (state.kind !== 'sound') throw new Error(`the file is ${state.kind}`);
  return state.stored.operators.map(({ name }) => name);
}

describe('tokens', () => {
  it('are 256 random bits with a prefix, another every time', () => {
    const tokens = Array.from({ length: 20 }, makeToken);
    for (const token of tokens) expect(token).toMatch(/^gh_[0-9a-f]{64}$/);
    expect(new Set(tokens).size).toBe(20);
  });
});

describe('the file of operators', () => {
  it('is not there at first, and then holds names, roles and secrets, for its owner alone', async () => {
    expect(await file.read()).toEqual({ kind: 'absent' });
    const token = makeToken();
    expect(await file.change(adding('李', token))).toBeNull();
    await file.change(adding('王'));
    expect(await namesIn()).toEqual(['李', '王']);
    expect((await stat(file.path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'state'))).mode & 0o777).toBe(0o700);
    expect(await readFile(file.path, 'utf8')).not.toContain(token.slice(3));
    expect(await readdir(join(folder, 'state'))).toEqual(['operators.json']);
  });

  it('keeps its salt, because every secret in it was made with that', async () => {
    const salts = [];
    for (const name of ['李', '王']) {
      await file.change(adding(name));
      const state = await file.read();
      salts.push(state.kind === 'sound' && state.stored.salt);
    }
    expect(salts[0]).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(salts[1]).toBe(salts[0]);
  });

  it('loses nobody when several commands change it at the same time', async () => {
    const names = ['赵', '钱', '孙', '李', '周', '吴'];
    await Promise.all(names.map((name) => new OperatorFile(join(folder, 'state')).change(adding(name))));
    expect((await namesIn()).sort()).toEqual([...names].sort());
  });

  it('is as it was when a change is refused', async () => {
    await file.change(adding('李'));
    const before = await readFile(file.path, 'utf8');
    const refusing = (): never => {
      throw new Error('no');
    };
    await expect(file.change(refusing)).rejects.toThrow('no');
    await expect(file.change(adding('李'))).rejects.toThrow('twice');
    expect(await readFile(file.path, 'utf8')).toBe(before);
    expect(await readdir(join(folder, 'state'))).toEqual(['operators.json']);
  });

  it('is not held up by a command that was killed', async () => {
    await file.change(adding('李'));
    const draft = join(folder, 'state', 'operators.new.json');
    await writeFile(draft, 'half of');
    await utimes(draft, 1, 1);
    await file.change(adding('王'));
    expect(await namesIn()).toEqual(['李', '王']);
  });

  it.each([
    ['cut short', (text: string) => text.slice(0, text.length / 2)],
    ['changed by hand', (text: string) => text.replace('"operator"', '"admin"')],
    ['of another shape', () => '{"version":1,"checksum":"","state":{}}'],
    ['empty', () => ''],
  ])('is not believed when it is %s, and set aside by the next change', async (_what, damage) => {
    await file.change(adding('李'));
    const damaged = damage(await readFile(file.path, 'utf8'));
    await writeFile(file.path, damaged);
    expect((await file.read()).kind).toBe('damaged');
    const aside = await file.change(adding('王'));
    expect(await readFile(join(folder, 'state', aside ?? ''), 'utf8')).toBe(damaged);
    expect((await stat(join(folder, 'state', aside ?? ''))).mode & 0o777).toBe(0o600);
    expect(await namesIn()).toEqual(['王']);
  });

  it.skipIf(process.getuid?.() === 0)('says when it may not be read', async () => {
    await file.change(adding('李'));
    await chmod(file.path, 0);
    expect((await file.read()).kind).toBe('unreadable');
    await expect(file.change(adding('王'))).rejects.toMatchObject({ code: 'operators-unreadable' });
  });

  it('says when its folder cannot be', async () => {
    await writeFile(join(folder, 'state'), 'in the way');
    await expect(file.change(adding('李'))).rejects.toMatchObject({ code: 'operators-not-writable' });
  });
});

describe('names', () => {
  it.each(['李', '值班主任', 'Li Wei', 'a', '李（二号台）'])('may be %j', (name) => {
    expect(operatorName.safeParse(name).success).toBe(true);
  });
  it.each(['', ' 李', '李 ', 'a\nb', '\u202eabc', 'x'.repeat(65)])('may not be %j', (name) => {
    expect(operatorName.safeParse(name).success).toBe(false);
  });
});
