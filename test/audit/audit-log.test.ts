import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../src/audit/entry/entry.js';
import { EVERYTHING } from '../../src/audit/reading/query.js';
import { projectRoot } from '../../src/core/project-root.js';
import { eventually } from '../eventually.js';
import { at, AuditFolder, commandDone, serviceEvent, shownLayout, tickerText } from './audit-folder.js';

const FILE = 'audit-2026-11-03.001.jsonl';
let folder: AuditFolder;

beforeEach(async () => {
  folder = await AuditFolder.make();
});
afterEach(() => folder.remove());

async function entries(): Promise<AuditEntry[]> {
  const page = { order: 'oldest-first', cursor: null, limit: 100_000 } as const;
  return (await folder.reader.search(EVERYTHING, page)).entries as unknown as AuditEntry[];
}

async function expectSound(): Promise<void> {
  expect(await folder.reader.verify()).toMatchObject({ findings: [], isSound: true });
}

describe('the audit log', () => {
  it('keeps what is recorded, in order, for nobody else to read', async () => {
    await folder.keep(serviceEvent('started'), commandDone('take', { layout: 'hall' }), tickerText('欢迎'));
    expect(await entries()).toMatchObject([
      { sequence: 1, atMs: at('09:00:00'), kind: 'service', actor: null, event: 'started' },
      { sequence: 2, kind: 'command', actor: { name: '李', via: 'obs' }, command: 'take', data: { layout: 'hall' } },
      { sequence: 3, kind: 'ticker', text: '欢迎', previous: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    ]);
    expect((await stat(folder.directory)).mode & 0o777).toBe(0o700);
    for (const name of await folder.names()) expect((await stat(folder.path(name))).mode & 0o777).toBe(0o600);
  });

  it('goes on after a restart, in the same file and chain', async () => {
    for (let round = 0; round < 3; round += 1) await folder.keep(serviceEvent('started'), commandDone('take'));
    expect((await entries()).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await folder.files()).toEqual([FILE]);
    await expectSound();
  });

  it('says how it is', async () => {
    const log = folder.open();
    expect(log.status).toEqual({ problem: null, written: 0, waiting: 0, lost: 0, last: null });
    log.record(commandDone('take'));
    expect(log.status).toMatchObject({ written: 0, waiting: 1 });
    await log.settled();
    expect(log.status).toMatchObject({ written: 1, waiting: 0, last: { sequence: 1 } });
    await log.close();
    await Promise.all([log.close(), log.close()]);
    log.record(commandDone('too-late'));
    expect(await entries()).toHaveLength(1);
  });

  it('is written by one process alone; the next one waits until that is gone', async () => {
    const first = folder.open();
    first.record(commandDone('one'));
    await first.settled();
    const second = folder.open();
    second.record(commandDone('two'));
    await eventually(() => expect(second.status).toMatchObject({ problem: 'in-use', waiting: 1 }));
    await first.close();
    await eventually(() => expect(second.status).toMatchObject({ problem: null, waiting: 0 }));
    await second.close();
    expect((await entries()).map((entry) => entry.kind === 'command' && entry.command)).toEqual(['one', 'two']);
    await expectSound();
  });
});

describe('files', () => {
  it('follow each other by the days of the hall, each of which says by itself what is shown', async () => {
    const log = folder.open();
    log.record({ ...serviceEvent('started'), atMs: at('08:00:00') });
    log.record({ ...shownLayout('hall', ['lobby']), atMs: at('23:59:59') });
    log.record({ ...commandDone('take'), atMs: at('00:00:00', '2026-11-04') });
    await log.settled();
    log.record({ ...commandDone('take'), atMs: at('09:00:00', '2026-11-06') });
    await log.close();
    expect(await folder.files()).toEqual([FILE, 'audit-2026-11-04.001.jsonl', 'audit-2026-11-06.001.jsonl']);
    const [first] = await folder.lines('audit-2026-11-06.001.jsonl');
    expect(JSON.parse(first!)).toMatchObject({
      kind: 'snapshot',
      reason: 'new-file',
      wall: {
        isRunning: true,
        layout: {
          value: { layout: { id: 'hall' }, cells: [{ source: 'lobby' }] },
          sinceMs: at('23:59:59'),
          decision: { command: 'take', actor: { name: '李' } },
        },
      },
    });
    await expectSound();
  });

  it('do not grow beyond their size', async () => {
    const log = folder.open({ maximumFileSizeMB: 1 });
    for (let count = 0; count < 300; count += 1) log.record(commandDone('set-ticker', { text: 'x'.repeat(10_000) }));
    await log.close();
    expect(await folder.files()).toEqual([
      FILE,
      FILE.replace('001', '002'),
      FILE.replace('001', '003'),
      FILE.replace('001', '004'),
    ]);
    for (const name of await folder.files()) expect((await stat(folder.path(name))).size).toBeLessThan(1_100_000);
    expect(await entries()).toHaveLength(300);
    await expectSound();
  });

  it('do not go back with a clock that is set back', async () => {
    const log = folder.open();
    log.record({ ...commandDone('one'), atMs: at('09:00:00', '2026-11-05') });
    log.record({ ...commandDone('two'), atMs: at('09:00:00', '2026-11-03') });
    log.record({ ...commandDone('three'), atMs: at('09:00:00', '2026-11-06') });
    await log.close();
    expect(await folder.files()).toEqual(['audit-2026-11-05.001.jsonl', 'audit-2026-11-06.001.jsonl']);
    await expectSound();
  });

  it('are removed when they need not be kept any more, which is said; the rest is sound', async () => {
    const log = folder.open({ retentionDays: 2 });
    for (const day of ['03', '04', '05', '06']) {
      folder.nowMs = at('09:00:00', `2026-11-${day}`);
      log.record(shownLayout('hall', [`lobby-${day}`]));
      await log.settled();
    }
    expect(await folder.files()).toEqual(['04', '05', '06'].map((day) => `audit-2026-11-${day}.001.jsonl`));
    await log.close();
    const removal = (await entries()).find(({ kind }) => kind === 'retention');
    expect(removal).toMatchObject({ files: [FILE], last: { sequence: 1 } });
    await expectSound();
    await rm(folder.path('audit-2026-11-04.001.jsonl'));
    expect((await folder.reader.verify()).findings).toMatchObject([{ code: 'missing', sequence: 1, lastSequence: 3 }]);
  });
});

describe('damage', () => {
  it.each([
    ['half a line', '{"sequence":4,"atMs":17622'],
    ['zeros, as some disks leave them', '\0'.repeat(4_096)],
    ['a whole line that is none', '{"sequence":4}\n'],
  ])('at the end after a power cut is set aside and said: %s', async (_what, torn) => {
    await folder.keep(serviceEvent('started'), commandDone('take'), tickerText('欢迎'));
    await appendFile(folder.path(FILE), torn);
    await folder.keep(serviceEvent('started'));
    const aside = (await folder.names()).find((name) => name.startsWith(`${FILE}.torn-`))!;
    expect(await readFile(folder.path(aside), 'utf8')).toBe(torn);
    expect((await stat(folder.path(aside))).mode & 0o777).toBe(0o600);
    expect((await entries()).slice(3)).toMatchObject([
      { sequence: 4, kind: 'damage', code: 'torn-tail', file: FILE, bytes: torn.length, setAsideAs: aside },
      { sequence: 5, kind: 'service' },
    ]);
    await expectSound();
  });

  it('of a file that never got a whole line sets it aside', async () => {
    await folder.keep(serviceEvent('started'));
    await writeFile(folder.path('audit-2026-11-04.001.jsonl'), '{"seq');
    folder.nowMs = at('09:00:00', '2026-11-04');
    await folder.keep(commandDone('take'));
    expect(await folder.files()).toEqual([FILE, 'audit-2026-11-04.001.jsonl']);
    expect((await folder.names()).filter((name) => name.includes('.torn-'))).toHaveLength(1);
    expect((await entries()).map(({ kind }) => kind)).toEqual(['service', 'snapshot', 'damage', 'command']);
    await expectSound();
  });

  it('by somebody who cut entries off stays to be seen for good', async () => {
    await folder.keep(serviceEvent('started'), commandDone('one'), commandDone('two'));
    const [first] = await folder.lines(FILE);
    await truncate(folder.path(FILE), Buffer.byteLength(first!) + 1);
    await folder.keep(commandDone('three'));
    expect((await entries()).slice(1)).toMatchObject([
      { sequence: 4, kind: 'damage', code: 'missing-tail', missing: { from: 2, to: 3 } },
      { sequence: 5, kind: 'command', command: 'three' },
    ]);
    expect((await folder.reader.verify()).findings).toMatchObject([{ code: 'missing', sequence: 2, lastSequence: 3 }]);
  });

  it('by somebody who removes the head is said', async () => {
    await folder.keep(serviceEvent('started'));
    await rm(folder.path('audit.head'));
    await folder.keep(commandDone('one'));
    expect(await entries()).toMatchObject([
      { kind: 'service' },
      { kind: 'damage', code: 'bad-head' },
      { kind: 'command' },
    ]);
  });

  it.each([
    ['removes the file', () => rm(folder.path(FILE)), { from: 1, to: 1 }],
    ['removes the folder', () => rm(folder.directory, { recursive: true }), { from: 1, to: 1 }],
    ['puts another in its place', () => replaceFile(''), { from: 1, to: 1 }],
    ['writes into it', () => appendFile(folder.path(FILE), 'x\n'), null],
  ])('by somebody who %s while it is written is noticed at the next entry', async (_what, meddle, missing) => {
    const log = folder.open();
    log.record(commandDone('one'));
    await log.settled();
    await meddle();
    log.record(commandDone('two'));
    await log.close();
    const [damage, after] = (await entries()).slice(-2);
    expect(damage).toMatchObject({ kind: 'damage', code: missing === null ? 'torn-tail' : 'missing-tail', missing });
    expect(after).toMatchObject({ command: 'two', sequence: 3 });
  });

  async function replaceFile(text: string): Promise<void> {
    await writeFile(folder.path('other'), text);
    await rename(folder.path('other'), folder.path(FILE));
  }
});

describe('a process that is killed', () => {
  it('in the middle of writing leaves a log that is sound, each time', async () => {
    const module = new URL('dist/src/audit/audit-log.js', projectRoot).href;
    const program = `
      const { AuditLog } = await import(${JSON.stringify(module)});
      const quiet = () => undefined;
      const log = AuditLog.start({
        directory: ${JSON.stringify(folder.directory)},
        options: { retentionDays: 400, maximumFileSizeMB: 1 },
        timeZone: 'Asia/Shanghai',
        log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
      });
      for (let number = 0; ; number += 1) {
        for (let count = 0; count < 300; count += 1) {
          log.record({ kind: 'ticker', actor: null, command: 'set-ticker', text: 'x'.repeat(count) });
        }
        await log.settled();
        if (number === 1) console.log('writing');
      }`;
    for (let round = 0; round < 6; round += 1) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
        cwd: fileURLToPath(projectRoot),
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const gone = once(child, 'exit');
      await once(child.stdout, 'data');
      await new Promise((resolve) => setTimeout(resolve, round * 5));
      child.kill('SIGKILL');
      await gone;
    }
    await folder.keep(serviceEvent('started'));
    await expectSound();
    expect((await entries()).filter((entry) => entry.kind === 'damage' && entry.code !== 'torn-tail')).toEqual([]);
  });
});

describe('a folder that cannot be written', () => {
  it('is a state: entries wait, and are written when it can be', async () => {
    const problems: (string | null)[] = [];
    await writeFile(folder.directory, 'a file where the folder should be');
    const log = folder.open();
    log.on('problem', (problem) => problems.push(problem));
    log.record(commandDone('one'));
    await eventually(() => expect(log.status).toMatchObject({ problem: 'write-failed', waiting: 1 }));
    log.record(commandDone('two'));
    await rm(folder.directory);
    await eventually(() => expect(log.status).toMatchObject({ problem: null, waiting: 0, written: 2 }));
    await log.close();
    expect(problems).toEqual(['write-failed', null]);
    expect(await entries()).toHaveLength(2);
  });

  it('does not keep the log from closing', async () => {
    await writeFile(folder.directory, 'a file where the folder should be');
    const log = folder.open();
    log.record(commandDone('two'));
    await log.close();
    expect(log.status.waiting).toBe(1);
  });
});
