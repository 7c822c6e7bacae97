import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LayoutDraft } from '../../src/control/layout-desk.js';
import { silentLogger } from '../../src/core/logger.js';
import type { Cell, Layout } from '../../src/layout/layout.js';
import { MOST_DRAFTS } from '../../src/layout-desk/draft-file.js';
import { HallLayouts, type HallLayoutsOptions } from '../../src/layout-desk/layout-desk.js';
import { initialState } from '../../src/switcher/reduce.js';
import type { SwitcherState } from '../../src/switcher/state.js';
import { EditedFile, refusalOf } from '../config/editing/edited-file.js';

const TEXT = `wall: { name: 墙, width: 960, height: 540 } # kept
cameras:
  - { id: lobby, name: 大厅, rtsp: { main: 'rtsp://192.0.2.1/main' } }
layouts:
  - { id: first, name: 一, areas: lobby }
  - { id: second, name: 二, areas: lobby }
  - { id: third, name: 三, areas: lobby }
  - { id: fourth, name: 四, areas: lobby }
tours: [ { id: round, name: 巡览, stops: [ { layout: third } ] } ] # kept, too
outputs: [ { id: screen, type: ddp, host: 127.0.0.1 } ]
`;

const cell = (id: string, source = 'lobby', widthPx = 960): Cell => ({
  id,
  source,
  rectangle: { x: 0, y: 0, widthPx, heightPx: 540 },
  z: 0,
  fit: 'cover',
});
const layout = (id: string, cells: readonly Cell[] = [cell('cell-1')], name = id): Layout => ({ id, name, cells });

let folder: string;
let file: string;
let state: SwitcherState;
let reloads: string[];
let told: number;
let edited: EditedFile;
let options: HallLayoutsOptions;
let desk: HallLayouts;

beforeEach(async () => {
  edited = await EditedFile.open(TEXT, async (written) => {
    reloads.push(await readFile(written, 'utf8'));
  });
  const { editor } = edited;
  ({ folder, file } = edited);
  const inUse = [layout('first'), layout('second')];
  state = initialState(inUse, '');
  reloads = [];
  told = 0;
  options = {
    editor,
    directory: join(folder, 'state'),
    layoutsInUse: () => inUse,
    state: () => state,
    onDraftsChanged: () => (told += 1),
    log: silentLogger,
  };
  desk = await HallLayouts.open(options);
});

afterEach(async () => {
  await desk.close();
  await edited.close();
});

const revision = async (): Promise<string> => (await desk.layouts()).file.revision ?? '';

const codeOf = async (work: Promise<unknown>): Promise<string> => (await refusalOf(work)).code;

describe('the layouts of the configuration', () => {
  it('are told with what they are needed for', async () => {
    const { file: facts, layouts } = await desk.layouts();
    expect(facts).toMatchObject({ name: 'hall.yaml', problem: null });
    expect(layouts.map(({ id, drawn, uses }) => ({ id, drawn, uses }))).toEqual([
      { id: 'first', drawn: true, uses: [{ kind: 'program', name: null }] },
      { id: 'second', drawn: true, uses: [{ kind: 'preview', name: null }] },
      { id: 'third', drawn: true, uses: [{ kind: 'tour', name: '巡览' }] },
      { id: 'fourth', drawn: true, uses: [] },
    ]);
  });

  it('get one more, which is in use when the answer comes, and every other byte is as it was', async () => {
    await desk.save({ layout: layout('new'), replaces: null, fileRevision: await revision(), confirm: false });
    const line =
      '  - id: new\n    name: new\n    cells:\n      - { source: lobby, x: 0, y: 0, width: 960, height: 540 }\n';
    expect(reloads).toEqual([TEXT.replace('tours:', `${line}tours:`)]);
    expect(await readFile(file, 'utf8')).toBe(reloads[0]);
  });

  it('are not overwritten where somebody else changed the file meanwhile', async () => {
    const seen = await revision();
    await writeFile(file, `${TEXT}# theirs\n`);
    const request = { layout: layout('new'), replaces: null, fileRevision: seen, confirm: false };
    expect(await codeOf(desk.save(request))).toBe('configuration-changed');
    expect(await codeOf(desk.delete({ layout: 'fourth', fileRevision: seen }))).toBe('configuration-changed');
    expect(await readFile(file, 'utf8')).toBe(`${TEXT}# theirs\n`);
    expect(reloads).toEqual([]);
  });

  it('of two that are saved at the same time, the second is told that the file is another', async () => {
    const fileRevision = await revision();
    const save = (id: string): Promise<void> =>
      desk.save({ layout: layout(id), replaces: null, fileRevision, confirm: false });
    const results = await Promise.allSettled([save('a'), save('b')]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(reloads).toHaveLength(1);
  });

  it('refuse what cannot be meant with line, key and mend, and stay as they are', async () => {
    const bad = layout('new', [cell('cell-1', 'lobbi')]);
    const refusal = await refusalOf(
      desk.save({ layout: bad, replaces: null, fileRevision: await revision(), confirm: true }),
    );
    expect(refusal).toMatchObject({
      code: 'bad-layout',
      parameters: { problem: 'unknown-source', path: 'layouts[4].cells[0].source', line: 12, problems: 1 },
    });
    expect(refusal.message).toMatch(/^hall\.yaml:12:\d+ layouts\[4\].*did you mean "lobby"/);
    const same = layout('new', [cell('cell-1')], '一');
    const twice = desk.save({ layout: same, replaces: null, fileRevision: await revision(), confirm: true });
    expect((await refusalOf(twice)).parameters).toMatchObject({ problem: 'duplicate-name' });
    expect(await readFile(file, 'utf8')).toBe(TEXT);
  });

  it('on air change with a second yes alone, and never lose their id', async () => {
    const fileRevision = await revision();
    const changed = layout('first', [cell('lobby', 'lobby', 480)], '一');
    const request = { layout: changed, replaces: 'first', fileRevision, confirm: false };
    expect((await refusalOf(desk.save(request))).parameters).toMatchObject({ reason: 'on-air' });
    const renamed = { ...request, layout: { ...changed, id: 'other' }, confirm: true };
    expect((await refusalOf(desk.save(renamed))).parameters).toMatchObject({ where: 'program' });
    await desk.save({ ...request, confirm: true });
    expect(reloads[0]).toContain('{ id: first, name: 一, cells: [{ id: lobby, source: lobby, x: 0, y: 0, width: 480,');
  });

  it('are deleted where nothing needs them', async () => {
    for (const [id, where] of [
      ['first', 'program'],
      ['second', 'preview'],
      ['third', 'tour'],
    ] as const) {
      const refusal = await refusalOf(desk.delete({ layout: id, fileRevision: await revision() }));
      expect(refusal).toMatchObject({ code: 'layout-in-use', parameters: { where } });
    }
    await desk.delete({ layout: 'fourth', fileRevision: await revision() });
    expect(reloads).toEqual([TEXT.replace('  - { id: fourth, name: 四, areas: lobby }\n', '')]);
    expect(await codeOf(desk.delete({ layout: 'fourth', fileRevision: await revision() }))).toBe('unknown-layout');
  });

  it('of a broken file are those in use, and nothing is written into it', async () => {
    await writeFile(file, TEXT.replace('width: 960', 'width: x'));
    const { file: facts, layouts } = await desk.layouts();
    expect([facts.problem, layouts.map(({ id }) => id)]).toEqual(['invalid', ['first', 'second']]);
    const request = { layout: layout('new'), replaces: null, fileRevision: facts.revision ?? '', confirm: false };
    expect(await codeOf(desk.save(request))).toBe('configuration-invalid');
    await rm(file);
    expect((await desk.layouts()).file).toEqual({ name: 'hall.yaml', revision: null, problem: 'unreadable' });
  });
});

describe('drafts', () => {
  const draft = (id: string, ifSavedAtMs: number | null = null): Parameters<HallLayouts['saveDraft']>[0] => ({
    id,
    layout: layout('new', [cell('cell-1', 'anything'), cell('cell-2')]),
    replaces: null,
    ifSavedAtMs,
  });
  const held = (id: string): LayoutDraft => {
    const found = desk.drafts().find((candidate) => candidate.id === id);
    if (found === undefined) throw new Error(`no draft ${id}`);
    return found;
  };

  it('outlive the service, the latest first', async () => {
    await desk.saveDraft(draft('a'), '李');
    await desk.saveDraft(draft('b'), '王');
    await desk.saveDraft(draft('a', held('a').savedAtMs), '王');
    await desk.deleteDraft('b');
    expect(told).toBe(4);
    const again = await HallLayouts.open(options);
    expect(again.drafts()).toEqual(desk.drafts());
    expect(again.drafts()).toMatchObject([{ id: 'a', by: '王', layout: draft('a').layout }]);
    expect(await codeOf(desk.deleteDraft('b'))).toBe('unknown-draft');
  });

  it('that somebody else changed are not overwritten', async () => {
    await desk.saveDraft(draft('a'), '李');
    const seen = held('a').savedAtMs;
    await desk.saveDraft(draft('a', seen), '王');
    expect(await refusalOf(desk.saveDraft(draft('a', seen), '李'))).toMatchObject({
      code: 'draft-changed',
      parameters: { by: '王' },
    });
    expect(await codeOf(desk.saveDraft(draft('a'), '李'))).toBe('draft-changed');
    expect(held('a').by).toBe('王');
  });

  it('are bounded in number and size', async () => {
    const cells = Array.from({ length: 256 }, (_, index) => cell(`${'x'.repeat(190)}${index}`, 'y'.repeat(190)));
    expect(await codeOf(desk.saveDraft({ ...draft('a'), layout: layout('new', cells) }, '李'))).toBe('draft-too-large');
    const unkept = await HallLayouts.open({ ...options, directory: null });
    for (let index = 0; index < MOST_DRAFTS; index += 1) await unkept.saveDraft(draft(`draft-${index}`), '李');
    expect(await codeOf(unkept.saveDraft(draft('more'), '李'))).toBe('too-many-drafts');
    await unkept.deleteDraft('draft-0');
    await unkept.saveDraft(draft('more'), '李');
  });

  it('of a damaged file are set aside, and others can be saved', async () => {
    await desk.saveDraft(draft('a'), '李');
    const path = join(folder, 'state', 'layout-drafts.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace('anything', 'something'));
    const again = await HallLayouts.open(options);
    expect(again.drafts()).toEqual([]);
    await again.saveDraft(draft('b'), '李');
    expect((await readdir(join(folder, 'state'))).sort()).toEqual([
      'layout-drafts.json',
      expect.stringMatching(/^layout-drafts\.json\.damaged-/),
    ]);
  });

  it('that cannot be kept are refused, and what was kept stays', async () => {
    await desk.saveDraft(draft('a'), '李');
    await rm(join(folder, 'state'), { recursive: true });
    await writeFile(join(folder, 'state'), 'a file in the place of the folder');
    expect(await codeOf(desk.saveDraft(draft('b'), '李'))).toBe('draft-not-kept');
    expect(desk.drafts().map(({ id }) => id)).toEqual(['a']);
  });
});
