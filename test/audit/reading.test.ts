import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EVERYTHING, type AuditQuery } from '../../src/audit/reading/query.js';
import type { PageOptions } from '../../src/audit/reading/search.js';
import { at, AuditFolder, commandDone, LI, serviceEvent, shownLayout, tickerText, WANG } from './audit-folder.js';

let folder: AuditFolder;

beforeEach(async () => {
  folder = await AuditFolder.make();
});
afterEach(() => folder.remove());

const FIRST_PAGE: PageOptions = { order: 'oldest-first', cursor: null, limit: 1_000 };

async function found(query: Partial<AuditQuery>, page: Partial<PageOptions> = {}): Promise<number[]> {
  const { entries } = await folder.reader.search({ ...EVERYTHING, ...query }, { ...FIRST_PAGE, ...page });
  return entries.map(({ sequence }) => sequence);
}

async function exported(format: 'csv' | 'json', query: Partial<AuditQuery> = {}): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of folder.reader.export({ ...EVERYTHING, ...query }, format)) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString('utf8');
}

describe('search', () => {
  beforeEach(async () => {
    const log = folder.open();
    log.record({ ...serviceEvent('started'), atMs: at('08:00:00') }); // 1
    log.record({ ...commandDone('take', { layout: 'hall' }), atMs: at('09:00:00') }); // 2
    log.record({ ...shownLayout('hall', ['lobby', 'window-a']), atMs: at('09:00:00') }); // 3
    log.record({ ...commandDone('set-ticker', { text: '欢迎光临' }, WANG), atMs: at('10:00:00') }); // 4
    log.record({ ...tickerText('欢迎光临', WANG), atMs: at('10:00:00') }); // 5
    const tile = { camera: 'lobby', name: '大厅', state: 'retrying', reason: 'Timeout', slate: true };
    log.record({ kind: 'tile', actor: null, ...tile, atMs: at('11:00:00') }); // 6
    log.record({ ...commandDone('take', { layout: 'windows' }), atMs: at('09:00:00', '2026-11-04') }); // 8, after a snapshot
    log.record({ ...commandDone('take', { layout: 'hall' }), atMs: at('09:00:00', '2026-11-08') }); // 10, likewise
    await log.close();
  });

  it.each<[string, Partial<AuditQuery>, number[]]>([
    ['everything', {}, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ['a time, from included and to excluded', { fromMs: at('09:00:00'), toMs: at('10:00:00') }, [2, 3]],
    ['since', { fromMs: at('00:00:00', '2026-11-06') }, [9, 10]],
    ['kinds', { kinds: ['command', 'tile'] }, [2, 4, 6, 8, 10]],
    ['somebody', { actor: '王' }, [4, 5]],
    ['a text, in any case', { text: 'TIMEOUT' }, [6]],
    ['a text that was typed', { text: '光临' }, [4, 5]],
    ['a camera, on air and by itself', { camera: 'lobby' }, [3, 6]],
    ['a layout by id, in a command and on air', { layout: 'hall' }, [2, 3, 10]],
    ['a layout by name', { layout: '布局 hall' }, [3]],
    ['all of it at once', { layout: 'hall', kinds: ['command'], actor: '李', toMs: at('12:00:00') }, [2]],
    ['what is not there', { text: 'nowhere' }, []],
  ])('finds %s', async (_what, query, expected) => {
    expect(await found(query)).toEqual(expected);
    expect(await found(query, { order: 'newest-first' })).toEqual(expected.toReversed());
  });

  it.each(['oldest-first', 'newest-first'] as const)('gives pages, the %s, that join', async (order) => {
    for (const limit of [1, 2, 3, 4, 5, 10]) {
      const all: number[] = [];
      let cursor: number | null = null;
      let pages = 0;
      do {
        const page = await folder.reader.search(EVERYTHING, { order, cursor, limit });
        expect(page.entries.length).toBeLessThanOrEqual(limit);
        all.push(...page.entries.map(({ sequence }) => sequence));
        cursor = page.next;
        pages += 1;
      } while (cursor !== null);
      const expected = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
      expect(all).toEqual(order === 'oldest-first' ? expected : expected.toReversed());
      expect(pages).toBe(Math.ceil(10 / limit));
    }
  });

  it('leaves out what is not what was written, and says that it is there', async () => {
    const path = folder.path('audit-2026-11-03.001.jsonl');
    await writeFile(path, (await readFile(path, 'utf8')).replaceAll('欢迎光临', '再见光临'));
    const page = await folder.reader.search({ ...EVERYTHING, text: '光临' }, FIRST_PAGE);
    expect(page).toEqual({ entries: [], next: null, damaged: 2 });
  });
});

describe('export', () => {
  it('as JSON is the lines as they are', async () => {
    await folder.keep(serviceEvent('started'), commandDone('take', { layout: 'hall' }), tickerText('欢迎'));
    expect(await exported('json')).toBe(await readFile(folder.path('audit-2026-11-03.001.jsonl'), 'utf8'));
    expect((await exported('json', { kinds: ['ticker'] })).trimEnd()).toBe(
      (await folder.lines('audit-2026-11-03.001.jsonl'))[2],
    );
  });

  it('as CSV is read by a spreadsheet, and nothing in it is a formula', async () => {
    const evil = { ...LI, name: '=HYPERLINK("http://example.org")', from: '+1' };
    const texts = ['@SUM(A1)', '-2+3', '\t=1', '\r=1', '＝1', 'a,"b"\nc'];
    await folder.keep(
      { ...shownLayout('hall', ['lobby']), actor: evil },
      ...texts.map((text) => commandDone(text, { text })),
    );
    const csv = await exported('csv');
    expect(csv.charCodeAt(0)).toBe(0xfeff);
    const [header, ...rows] = parseCsv(csv.slice(1));
    expect(header?.join(',')).toBe(
      'sequence,time,kind,actor,role,via,from,command,result,code,layout,camera,details,hash',
    );
    expect(rows).toHaveLength(7);
    expect(rows[0]?.slice(0, 11)).toEqual(
      [
        ['1', '2026-11-03T01:00:00.000Z', 'shown', `'=HYPERLINK("http://example.org")`, 'operator', 'obs', "'+1"],
        ['take', '', '', 'hall'],
      ].flat(),
    );
    expect(JSON.parse(rows[0]?.[12] ?? '')).toMatchObject({ cells: [{ source: 'lobby' }] });
    expect(rows.slice(1).map((row) => row[7])).toEqual([...texts.slice(0, 5).map((text) => `'${text}`), texts[5]]);
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
  });
});

/** A reader of RFC 4180 that is not the writer's. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (let match = field.exec(text); match !== null; match = field.exec(text)) {
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] !== ',') {
      rows.push(row);
      row = [];
    }
    if (field.lastIndex === text.length) break;
  }
  expect(field.lastIndex).toBe(text.length);
  return rows;
}

describe('100,000 entries', () => {
  it('are written, verified, searched and looked up', async () => {
    const figures: Record<string, string> = {};
    const timed = async <Result>(what: string, work: () => Promise<Result>): Promise<Result> => {
      const began = performance.now();
      const result = await work();
      figures[what] = `${Math.round(performance.now() - began)} ms`;
      return result;
    };
    const log = folder.open();
    log.record({ ...serviceEvent('started'), atMs: at('08:00:00') });
    log.record({ ...shownLayout('hall', ['lobby']), atMs: at('08:00:00') });
    await timed('write', async () => {
      for (let count = 2; count < 100_000; count += 1) {
        const atMs = at('08:00:00') + count * 400;
        log.record({ ...commandDone('set-ticker', { text: `第 ${count} 号` }), atMs });
        if (count % 5_000 === 0) await log.settled();
      }
      await log.close();
    });
    expect(log.status).toMatchObject({ written: 100_000, lost: 0 });
    expect(await timed('verify', () => folder.reader.verify())).toMatchObject({ isSound: true });
    expect(await timed('search', () => found({ text: '第 99999 号' }))).toHaveLength(1);
    const newest = await timed('newest page', () => found({}, { order: 'newest-first', limit: 100 }));
    expect(newest).toHaveLength(100);
    const shown = await timed('at', () => folder.reader.shownAt(at('10:00:00')));
    expect(shown).toMatchObject({ state: 'shown', wall: { layout: { value: { layout: { id: 'hall' } } } } });
    expect((await timed('CSV', () => exported('csv'))).length).toBeGreaterThan(1e6);
    process.stdout.write(`100,000 entries: ${JSON.stringify(figures)}\n`);
  }, 300_000);
});
