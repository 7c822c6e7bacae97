import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { at, AuditFolder, commandDone, serviceEvent, shownLayout, tickerText, WANG } from '../audit/audit-folder.js';
import { glasshall } from './command-line.js';

let folder: AuditFolder;
let place: readonly string[];
const hallTime = { TZ: 'Asia/Shanghai', STATE_DIRECTORY: '' };

beforeEach(async () => {
  folder = await AuditFolder.make();
  place = ['--state', join(folder.directory, '..')];
  const log = folder.open();
  log.record({ ...serviceEvent('started'), atMs: at('08:00:00') });
  log.record({ ...commandDone('take', { layout: 'hall' }), atMs: at('09:00:00') });
  log.record({ ...shownLayout('hall', ['lobby']), atMs: at('09:00:00') });
  log.record({ ...tickerText('欢迎', WANG), atMs: at('09:30:00') });
  log.record({ ...commandDone('take'), atMs: at('11:00:00') });
  await log.close();
});
afterEach(() => folder.remove());

const audit = (command: string, ...more: readonly string[]) =>
  glasshall(['audit', command, ...place, ...more], hallTime);

describe('audit', () => {
  it('verify says that a log is sound, and where it is not', async () => {
    const sound = await audit('verify');
    expect(sound).toMatchObject({ status: 0, errors: '' });
    expect(sound.output).toMatch(
      /^5 entries in 1 files, 2026-11-03 08:00:00\+08:00 to 2026-11-03 11:00:00\+08:00: sound\nlast entry 5, hash [0-9a-f]{64}\n$/,
    );
    const path = folder.path('audit-2026-11-03.001.jsonl');
    await writeFile(path, (await readFile(path, 'utf8')).replace('lobby', 'hobby'));
    const damaged = await audit('verify');
    expect(damaged.status).toBe(1);
    expect(damaged.output).toMatch(
      /^audit-2026-11-03\.001\.jsonl:3 \(byte \d+\): changed: entry 3 is not what was written\n/,
    );
    expect(damaged.output).toContain('4 entries in 1 files');
    expect(damaged.output).toContain('NOT SOUND');
  });

  it('search prints what is looked for', async () => {
    const found = await audit(
      'search',
      '--kind',
      'command',
      'ticker',
      '--from',
      '2026-11-03 09:10',
      '--to',
      '2026-11-04',
    );
    expect(found).toMatchObject({ status: 0, errors: '' });
    expect(found.output.trimEnd().split('\n')).toEqual([
      '4  2026-11-03 09:30:00+08:00  ticker  王 (admin, http 192.168.10.8)  {"command":"set-ticker","text":"欢迎"}',
      expect.stringMatching(/^5 {2}2026-11-03 11:00:00\+08:00 {2}command {2}李 \(operator, obs 192\.168\.10\.7\)/),
    ]);
    expect(await audit('search', '--camera', 'nowhere')).toMatchObject({ status: 1, output: '' });
    expect((await audit('search', '--limit', '2')).output.trimEnd().split('\n')).toHaveLength(2);
  });

  it('export writes CSV and the lines as they are', async () => {
    expect((await audit('export', '--actor', '王')).output).toMatch(/^\uFEFFsequence,time.*\r\n4,2026-11-03T01:30:00/);
    const file = await readFile(folder.path('audit-2026-11-03.001.jsonl'), 'utf8');
    expect(await audit('export', '--format', 'json')).toMatchObject({ status: 0, output: file });
  });

  it('at says what was on the wall on the 3rd at ten, and who decided it', async () => {
    const shown = await audit('at', '2026-11-03 10:00');
    expect(shown).toMatchObject({ status: 0, errors: '' });
    expect(shown.output.trimEnd().split('\n')).toEqual([
      '2026-11-03 10:00:00+08:00: the wall showed:',
      'layout      hall (布局 hall), since 2026-11-03 09:00:00+08:00 (take by 李, operator, obs from 192.168.10.7)',
      '  cell-1: lobby (镜头 lobby), 320×360 at 0,0',
      'ticker      "欢迎", since 2026-11-03 09:30:00+08:00 (set-ticker by 王, admin, http from 192.168.10.8)',
      'by entry 4 of 2026-11-03 09:30:00+08:00; the next is 5 of 2026-11-03 11:00:00+08:00',
    ]);
    expect(JSON.parse((await audit('at', '2026-11-03T02:00:00Z', '--json')).output)).toMatchObject({ state: 'shown' });
    expect(await audit('at', '2026-11-03 07:00')).toMatchObject({ status: 1 });
  });

  it('says what is wrong with what it is given', async () => {
    expect((await audit('at', 'the 3rd')).errors).toMatch(/give a time such as/);
    const nowhere = await glasshall(['audit', 'verify', '--state', join(folder.directory, 'nowhere')], hallTime);
    expect(nowhere).toMatchObject({ status: 1, output: '' });
    expect(nowhere.errors).toMatch(/^no-audit-log: there is no audit log in .* — name the folder with --state/);
  });
});
