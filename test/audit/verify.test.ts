import { spawnSync } from 'node:child_process';
import { appendFile, copyFile, open, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verify } from '../../src/audit/reading/verify.js';
import { at, AuditFolder, commandDone, serviceEvent, shownLayout, tickerText } from './audit-folder.js';

let folder: AuditFolder;

beforeEach(async () => {
  folder = await AuditFolder.make();
});
afterEach(() => folder.remove());

/** Six entries of one day. */
const someEntries = [
  serviceEvent('started'),
  commandDone('take', { layout: 'hall' }),
  shownLayout('hall', ['lobby', 'window-a']),
  commandDone('set-ticker', { text: '欢迎 "大家"' }),
  tickerText('欢迎 "大家"'),
  commandDone('set-blackout', { on: true }),
];
const FILE = 'audit-2026-11-03.001.jsonl';

/** Three files: the days of which the first two hold two entries each besides the snapshot at their beginning. */
async function keepThreeDays(): Promise<void> {
  const log = folder.open();
  for (const day of ['2026-11-03', '2026-11-04', '2026-11-05']) {
    log.record({ ...shownLayout('hall', ['lobby']), atMs: at('10:00:00', day) });
    log.record({ ...commandDone('take'), atMs: at('11:00:00', day) });
  }
  await log.close();
}

async function firstFinding(): Promise<object | undefined> {
  const { findings, isSound, findingCount } = await verify(folder.directory);
  expect(isSound).toBe(findings.length === 0);
  expect(findingCount).toBe(findings.length);
  return findings[0];
}

describe('a log that nobody touched', () => {
  it('is sound, from its first entry to the last, over the borders of files and restarts', async () => {
    await keepThreeDays();
    await folder.keep(serviceEvent('started'));
    const lines = (await Promise.all((await folder.files()).map((name) => folder.lines(name)))).flat();
    const verification = await verify(folder.directory);
    expect(verification).toMatchObject({ isSound: true, isEndKnown: true, files: 3, entries: lines.length });
    expect(verification.first).toMatchObject({ sequence: 1, atMs: at('10:00:00') });
    expect(verification.last?.sequence).toBe(lines.length);
    expect(verification.last?.hash).toBe((JSON.parse(lines.at(-1)!) as { hash: string }).hash);
  });

  it('is sound while it is written', async () => {
    const log = folder.open();
    let isWriting = true;
    const writing = (async () => {
      for (let number = 0; isWriting; number += 1) {
        log.record(commandDone('set-ticker', { text: String(number) }));
        if (number % 200 === 0) await log.settled();
      }
    })();
    for (let round = 0; round < 5; round += 1) expect(await firstFinding()).toBeUndefined();
    isWriting = false;
    await writing;
    await log.close();
    expect(await firstFinding()).toBeUndefined();
  });

  it('is checked with no more than a shell and sha256sum', async () => {
    await folder.keep(...someEntries);
    const script = `previous=$(printf '0%.0s' $(seq 64))
while IFS= read -r line; do
  hash=$(printf %s "\${line%,\\"hash\\":*}" | sha256sum | cut -c -64)
  case "$line" in *"\\"previous\\":\\"$previous\\",\\"hash\\":\\"$hash\\"}") previous=$hash;; *) exit 1;; esac
done < "$1"`;
    const check = (): number | null => spawnSync('bash', ['-c', script, 'check', folder.path(FILE)]).status;
    expect(check()).toBe(0);
    await writeFile(folder.path(FILE), (await readFile(folder.path(FILE), 'utf8')).replace('大家', '大伙'));
    expect(check()).toBe(1);
  });

  it('is an empty one, too', async () => {
    expect(await verify(folder.directory)).toMatchObject({ isSound: true, isEndKnown: false, files: 0, entries: 0 });
  });
});

describe('one byte', () => {
  it('that is another is found wherever it stands, and its line is named', async () => {
    await folder.keep(...someEntries);
    const original = await readFile(folder.path(FILE));
    const text = original.toString('latin1');
    const file = await open(folder.path(FILE), 'r+');
    const missed: number[] = [];
    try {
      for (let offset = 0; offset < original.length; offset += 1) {
        // Every bit has its turn.
        const changed = Buffer.from([original[offset]! ^ (1 << (offset % 8))]);
        await file.write(changed, 0, 1, offset);
        const line = text.slice(0, offset).split('\n').length;
        const [finding] = (await verify(folder.directory)).findings;
        if (finding?.file !== FILE || finding.line !== line || finding.sequence !== line) missed.push(offset);
        await file.write(original, offset, 1, offset);
      }
    } finally {
      await file.close();
    }
    expect(original.length).toBeGreaterThan(1_500);
    expect(missed).toEqual([]);
    expect(await firstFinding()).toBeUndefined();
  });

  it('that is gone or one too many is found wherever it stands', async () => {
    await folder.keep(...someEntries.slice(0, 2));
    const original = await readFile(folder.path(FILE));
    const missed: string[] = [];
    for (let offset = 0; offset < original.length; offset += 1) {
      const [before, after] = [original.subarray(0, offset), original.subarray(offset)];
      for (const [what, bytes] of [
        ['gone', Buffer.concat([before, after.subarray(1)])],
        ['too many', Buffer.concat([before, Buffer.from('0'), after])],
        ['a line feed too many', Buffer.concat([before, Buffer.from('\n'), after])],
      ] as const) {
        await writeFile(folder.path(FILE), bytes);
        if ((await verify(folder.directory)).isSound) missed.push(`${what} at ${offset}`);
      }
    }
    expect(missed).toEqual([]);
  });

  it('that is another in the file that says how far the log goes is found, too', async () => {
    await folder.keep(...someEntries);
    const head = folder.path('audit.head');
    const original = await readFile(head);
    const missed: number[] = [];
    for (let offset = 0; offset < original.length; offset += 1) {
      const changed = Buffer.from(original);
      changed[offset]! ^= 1;
      await writeFile(head, changed);
      if ((await verify(folder.directory)).isSound) missed.push(offset);
    }
    expect(missed).toEqual([]);
  });
});

describe('whole lines', () => {
  const rewrite = async (change: (lines: string[]) => string[]): Promise<void> => {
    await writeFile(folder.path(FILE), `${change(await folder.lines(FILE)).join('\n')}\n`);
  };

  beforeEach(() => folder.keep(...someEntries));

  it('that are gone are named', async () => {
    await rewrite((lines) => lines.toSpliced(2, 2));
    expect(await verify(folder.directory)).toMatchObject({ findingCount: 1 });
    expect(await firstFinding()).toMatchObject({ code: 'missing', file: FILE, line: 3, sequence: 3, lastSequence: 4 });
  });

  it('that are gone from the beginning or the end are named', async () => {
    await rewrite((lines) => lines.slice(1, -1));
    const { findings } = await verify(folder.directory);
    expect(findings).toMatchObject([
      { code: 'missing', line: 1, sequence: 1, lastSequence: 1 },
      { code: 'missing', line: 5, sequence: 6, lastSequence: 6 },
    ]);
  });

  it('in another order are named', async () => {
    await rewrite((lines) => [...lines.slice(0, 2), lines[3]!, lines[2]!, ...lines.slice(4)]);
    expect(await verify(folder.directory)).toMatchObject({ findingCount: 1 });
    expect(await firstFinding()).toMatchObject({ code: 'reordered', file: FILE, line: 3, sequence: 3 });
  });

  it('that stand there twice are named', async () => {
    await rewrite((lines) => [...lines.slice(0, 3), lines[2]!, ...lines.slice(3)]);
    expect(await verify(folder.directory)).toMatchObject({ findingCount: 1 });
    expect(await firstFinding()).toMatchObject({ code: 'repeated', file: FILE, line: 4, sequence: 3 });
  });

  it('with a new hash of their own do not fit the next one', async () => {
    const { sealLine } = await import('../../src/audit/ledger/chain.js');
    await rewrite((lines) => {
      const { sequence: _sequence, previous, hash: _hash, ...entry } = JSON.parse(lines[2]!) as Record<string, string>;
      const forged = sealLine(JSON.stringify({ ...entry, actor: null }), { sequence: 2, hash: previous! });
      return lines.with(2, forged.line.trimEnd());
    });
    expect(await verify(folder.directory)).toMatchObject({ findingCount: 1 });
    expect(await firstFinding()).toMatchObject({ code: 'rewritten', file: FILE, line: 4, sequence: 4 });
  });

  it('without an end, as a power cut leaves them, are named', async () => {
    await appendFile(folder.path(FILE), '{"sequence":7,"atMs":17');
    expect(await firstFinding()).toMatchObject({ code: 'torn', file: FILE, line: 7, sequence: 7 });
  });

  it('that never end take no memory', async () => {
    // Zeros that take no room on the disk.
    await truncate(folder.path(FILE), 512 * 1024 * 1024);
    const before = process.memoryUsage().rss;
    expect(await firstFinding()).toMatchObject({ code: 'torn', line: 7 });
    expect(process.memoryUsage().rss - before).toBeLessThan(256 * 1024 * 1024);
  });

  it('are looked at after a fault as before it', async () => {
    await rewrite((lines) =>
      lines.with(1, lines[1]!.replace('take', 'rake')).with(4, lines[4]!.replace('欢迎', '再见')),
    );
    const { findings, entries } = await verify(folder.directory);
    expect(findings).toMatchObject([
      { code: 'changed', line: 2, sequence: 2 },
      { code: 'changed', line: 5, sequence: 5 },
    ]);
    expect(entries).toBe(4);
  });
});

describe('whole files', () => {
  beforeEach(keepThreeDays);

  it.each([
    ['first', 0, { code: 'missing', file: 'audit-2026-11-04.001.jsonl', line: 1, sequence: 1, lastSequence: 2 }],
    ['second', 1, { code: 'missing', file: 'audit-2026-11-05.001.jsonl', line: 1, sequence: 3, lastSequence: 5 }],
    ['last', 2, { code: 'missing', file: 'audit-2026-11-04.001.jsonl', line: 4, sequence: 6, lastSequence: 8 }],
  ])('the %s one gone is named', async (_which, index, expected) => {
    const files = await folder.files();
    await rm(folder.path(files[index]!));
    expect(await verify(folder.directory)).toMatchObject({ findingCount: 1 });
    expect(await firstFinding()).toMatchObject(expected);
  });

  it('all of them gone is said', async () => {
    for (const name of await folder.files()) await rm(folder.path(name));
    expect(await firstFinding()).toMatchObject({ code: 'missing', file: 'audit.head', sequence: 1, lastSequence: 8 });
  });

  it('emptied, renamed or copied is said', async () => {
    const [first, second, third] = (await folder.files()) as [string, string, string];
    await copyFile(folder.path(second), folder.path('audit-2026-11-04.002.jsonl'));
    expect(await firstFinding()).toMatchObject({ code: 'repeated', file: 'audit-2026-11-04.002.jsonl', line: 1 });
    await rm(folder.path('audit-2026-11-04.002.jsonl'));
    await rename(folder.path(first), folder.path('audit-2026-11-06.001.jsonl'));
    expect(await firstFinding()).toMatchObject({ code: 'missing', file: second, line: 1 });
    await rename(folder.path('audit-2026-11-06.001.jsonl'), folder.path(first));
    await truncate(folder.path(second), 0);
    expect(await firstFinding()).toMatchObject({ code: 'missing', file: third, line: 1, sequence: 3, lastSequence: 5 });
  });

  it('copied elsewhere without the file beside them are sound, and their end is not known', async () => {
    await rm(folder.path('audit.head'));
    expect(await verify(folder.directory)).toMatchObject({ isSound: true, isEndKnown: false, entries: 8 });
  });
});
