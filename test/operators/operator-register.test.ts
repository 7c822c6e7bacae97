import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger, type Logger } from '../../src/core/logger.js';
import { OperatorRegister } from '../../src/operator-register.js';
import { OperatorFile, type StoredOperators } from '../../src/operators/operator-file.js';
import { secretOf } from '../../src/operators/token.js';
import { eventually } from '../eventually.js';

let folder: string;
let file: OperatorFile;
let register: OperatorRegister | null;
let told: string[];
let seen: string[][];

const log: Logger = {
  ...silentLogger,
  error: (_details, message) => told.push(message),
  warn: (_d, m) => told.push(m),
};
const namesOf = (stored: StoredOperators): string[] => stored.operators.map(({ name }) => name);

async function open(): Promise<OperatorRegister> {
  register = await OperatorRegister.open({ directory: folder, log });
  register.follow((stored) => seen.push(namesOf(stored)));
  return register;
}

function add(name: string): Promise<string | null> {
  return file.change(({ salt, operators }) => ({
    salt,
    operators: [...operators, { name, role: 'guard', secret: secretOf(name, salt), madeAtMs: 1 }],
  }));
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'glasshall-register-'));
  file = new OperatorFile(folder);
  [told, seen, register] = [[], [], null];
});
afterEach(async () => {
  await register?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the register of operators', () => {
  it('is open without a file, and follows the command from the first operator to the last', async () => {
    expect((await open()).stored).toBeNull();
    await add('李');
    await eventually(() => expect(seen.at(-1)).toEqual(['李']));
    await add('王');
    await eventually(() => expect(seen.at(-1)).toEqual(['李', '王']));
    await file.change(({ salt }) => ({ salt, operators: [] }));
    await eventually(() => expect(seen.at(-1)).toEqual([]));
    expect(register?.stored).toMatchObject({ operators: [] });
    expect(told).toEqual([]);
  });

  it('keeps whoever was in it when the file is damaged while it runs, and says so', async () => {
    await add('李');
    await open();
    await writeFile(file.path, '{');
    await eventually(() => expect(told).toHaveLength(1));
    expect(register?.stored?.operators.map(({ name }) => name)).toEqual(['李']);
    expect(seen).toEqual([]);
  });

  it('lets nobody in, and not everybody, when the file is damaged at the start', async () => {
    await add('李');
    await writeFile(file.path, '{');
    expect((await open()).stored).toMatchObject({ operators: [] });
    expect(told).toHaveLength(1);
    expect((await readdir(folder)).filter((name) => name.includes('.damaged-'))).toHaveLength(1);
    await register?.close();
    expect((await open()).stored).toMatchObject({ operators: [] });
    await add('王');
    await eventually(() => expect(seen.at(-1)).toEqual(['王']));
  });

  it('does not open the door when the file is taken away', async () => {
    await add('李');
    await open();
    await rm(file.path);
    await eventually(() => expect(seen.at(-1)).toEqual([]));
    expect(register?.stored).not.toBeNull();
    expect(told).toHaveLength(1);
  });
});
