import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeCertificate } from '../control/self-signed.js';
import { glasshall, type Ended } from './command-line.js';

let folder: string;
const operator = (...args: readonly string[]): Promise<Ended> => glasshall(['operator', ...args, '--state', folder]);
const tokenIn = ({ output }: Ended): string => /^gh_[0-9a-f]{64}$/m.exec(output)?.[0] ?? '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'glasshall-operator-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('operator', () => {
  it('adds a person, shows the token once, lists, rotates and revokes', async () => {
    const added = await operator('add', '李');
    expect(added).toMatchObject({ status: 0, errors: '' });
    const token = tokenIn(added);
    expect(token).not.toBe('');
    expect((await operator('add', '值班主任', '--role', 'admin')).status).toBe(0);
    const list = await operator('list');
    expect(list.output).toMatch(/^operator {2}\d{4}-\d\d-\d\d {2}李$/m);
    expect(list.output).toMatch(/^admin {5}\d{4}-\d\d-\d\d {2}值班主任$/m);
    expect(list.output).not.toContain('gh_');
    const file = join(folder, 'operators.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).not.toContain(token);
    const rotated = tokenIn(await operator('rotate', '李'));
    expect(rotated).not.toBe('');
    expect(rotated).not.toBe(token);
    expect((await operator('revoke', '李')).output).not.toContain('nobody is left');
    expect((await operator('revoke', '值班主任')).output).toContain('nobody is left');
    expect((await operator('list')).output).toMatch(/^0 in /m);
  });

  it('refuses what cannot be, with the mend, and changes nothing', async () => {
    await operator('add', '李');
    for (const [args, words] of [
      [['add', '李'], 'rotate 李'],
      [['add', ' 李'], 'bad-name'],
      [['add', '王', '--role', 'king'], 'Allowed choices are viewer, guard, operator, admin'],
      [['revoke', '王'], 'added by command are: 李'],
      [['rotate', '王'], 'unknown-operator'],
    ] as const) {
      const ended = await operator(...args);
      expect(ended.status).toBe(1);
      expect(ended.errors).toContain(words);
      expect(ended.errors).not.toMatch(/^\s+at /m);
    }
    expect((await operator('list')).output).toMatch(/^1 in /m);
  });

  it('says that a file is damaged, and begins anew beside it', async () => {
    await operator('add', '李');
    await writeFile(join(folder, 'operators.json'), '{');
    const list = await operator('list');
    expect(list).toMatchObject({ status: 1 });
    expect(list.errors).toContain('operators-damaged');
    const added = await operator('add', '王');
    expect(added.status).toBe(0);
    expect(added.errors).toContain('.damaged-');
    expect((await readdir(folder)).filter((name) => name.includes('.damaged-'))).toHaveLength(1);
    expect((await operator('list')).output).not.toContain('李');
  });
});

describe('check', () => {
  const check = async (control: string): Promise<Ended> => {
    const file = join(folder, 'hall.yaml');
    const parts = [
      'wall: { name: 西墙, width: 96, height: 54 }',
      'layouts: [{ id: one, name: 一, areas: lobby }]',
      'cameras: [{ id: lobby, name: 大厅, rtsp: { main: "rtsp://127.0.0.1:9/main" } }]',
      'outputs: [{ id: screen, type: ddp, host: 127.0.0.1, port: 9 }]',
      `control: ${control}`,
    ];
    await writeFile(file, parts.join('\n'));
    return glasshall(['check', file, '--timeout', '0.2', '--state', folder]);
  };

  it('counts operators of the configuration and of the command, and looks at the certificate', async () => {
    expect((await check('{}')).output).toMatch(/, 0 operators\)[\s\S]*operators +note +no operators/);
    await operator('add', '王');
    const { certificate, key } = await makeCertificate(folder, 'hall', 90);
    const tls = `tls: { certificate: ${certificate}, key: ${key} }`;
    const good = await check(`{ operators: [{ name: 李, token: correct-horse }], ${tls} }`);
    expect(good.output).toContain(', 2 operators)');
    expect(good.output).toMatch(/tls +ok +the certificate holds for another \d+ days/);
    const bad = await check(`{ tls: { certificate: ${certificate}, key: ${folder}/none.key } }`);
    expect(bad.output).toMatch(/tls +WRONG .*none\.key cannot be read .* — check control\.tls\.key/);
    expect(bad.status).toBe(1);
  });
});
