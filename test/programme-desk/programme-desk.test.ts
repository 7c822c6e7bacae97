import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TourOptions, WrittenRule } from '../../src/automation/options.js';
import { loadConfiguration } from '../../src/config/load.js';
import type { GlasshallError } from '../../src/core/errors.js';
import { HallProgramme } from '../../src/programme-desk/programme-desk.js';
import type { SwitcherState } from '../../src/switcher/state.js';
import { EditedFile, refusalOf } from '../config/editing/edited-file.js';

const TEXT = `wall: { name: 墙, width: 960, height: 540 } # kept
cameras:
  - { id: lobby, name: 大厅, rtsp: { main: 'rtsp://192.0.2.1/main' } }
layouts:
  - { id: first, name: 一, areas: lobby }
  - { id: second, name: 二, areas: lobby }
tours: # all of them
  - { id: round, name: 巡览, stops: [ { layout: second } ] }
  - { id: night, name: 夜间, stops: [ { layout: first } ] }
  - { id: spare, name: 备用, stops: [ { layout: first } ] }
schedule:
  rules:
    - { name: 夜里, when: 20:00-06:00, show: night }
  otherwise: first
outputs: [ { id: screen, type: ddp, host: 127.0.0.1 } ]
`;

let file: string;
let automation: SwitcherState['automation'];
let reloads: string[];
let edited: EditedFile;
let desk: HallProgramme;

beforeEach(async () => {
  edited = await EditedFile.open(TEXT, async (written) => {
    reloads.push(await readFile(written, 'utf8'));
  });
  const { editor } = edited;
  ({ file } = edited);
  const { configuration } = await loadConfiguration(file);
  automation = { mode: 'tour', tour: 'round' };
  reloads = [];
  desk = new HallProgramme({
    editor,
    inUse: () => ({ tours: configuration.tours.slice(0, 1), schedule: null }),
    state: () => ({ automation }),
  });
});

afterEach(async () => {
  await edited.close();
});

const revision = async (): Promise<string> => (await desk.programme()).file.revision ?? '';
const tour = (id: string, name = id, layout = 'first'): TourOptions => ({
  id,
  name,
  skipDead: true,
  stops: [{ layout, dwell: 20_000 }],
});
const rule = (when: string, show: string): WrittenRule => ({
  ...{ name: null, when, days: [], from: null, to: null, show },
});

describe('tours', () => {
  it('are told with what they are needed for, beside the rules as they are written', async () => {
    const { file: facts, tours, schedule } = await desk.programme();
    expect(facts).toMatchObject({ name: 'hall.yaml', problem: null });
    expect(tours.map(({ id, uses }) => [id, uses])).toEqual([
      ['round', [{ kind: 'running', name: null }]],
      ['night', [{ kind: 'schedule', name: '夜里' }]],
      ['spare', []],
    ]);
    const rules = [{ name: '夜里', when: '20:00-06:00', days: [], from: null, to: null, show: 'night' }];
    expect(schedule).toEqual({ rules, otherwise: 'first', hasHours: false });
  });

  it('are saved and in use when the answer comes, and every other byte is as it was', async () => {
    await desk.saveTour({ tour: tour('new'), replaces: null, fileRevision: await revision() });
    const line = '  - id: new\n    name: new\n    stops:\n      - { layout: first, dwell: 20s }\n';
    expect(reloads).toEqual([TEXT.replace('schedule:', `${line}schedule:`)]);
    // Unchanged: nothing is written, and nothing read again.
    await desk.saveTour({ tour: tour('new'), replaces: 'new', fileRevision: await revision() });
    expect(reloads).toHaveLength(1);
  });

  it('that something needs are neither deleted nor called otherwise, and it is told which', async () => {
    const fileRevision = await revision();
    for (const [id, parameters] of [
      ['round', { tour: 'round', where: 'running', name: null }],
      ['night', { tour: 'night', where: 'schedule', name: '夜里' }],
    ] as const) {
      const deleted = await refusalOf(desk.deleteTour({ tour: id, fileRevision }));
      const renamed = await refusalOf(desk.saveTour({ tour: tour('other'), replaces: id, fileRevision }));
      for (const refusal of [deleted, renamed]) expect(refusal).toMatchObject({ code: 'tour-in-use', parameters });
    }
    automation = { mode: 'schedule' };
    await desk.deleteTour({ tour: 'round', fileRevision });
    await desk.deleteTour({ tour: 'spare', fileRevision: await revision() });
    expect(await readFile(file, 'utf8')).toBe(TEXT.replace(/ {2}- { id: (round|spare).*\n/g, ''));
  });

  it('that cannot be meant are refused with key and mend, and the file stays as it is', async () => {
    const fileRevision = await revision();
    const save = (bad: TourOptions): Promise<GlasshallError> =>
      refusalOf(desk.saveTour({ tour: bad, replaces: null, fileRevision }));
    expect(await save(tour('new', '新', 'secund'))).toMatchObject({
      code: 'bad-tour',
      parameters: { problem: 'unknown-layout', path: 'tours[3].stops[0].layout', mend: 'did you mean "second"?' },
    });
    expect((await save(tour('first'))).parameters).toMatchObject({ problem: 'duplicate-id', path: 'tours[3].id' });
    expect((await save(tour('new', '巡览'))).parameters).toMatchObject({ problem: 'duplicate-name' });
    const short = { ...tour('new'), stops: [{ layout: 'first', dwell: 1_000 }] };
    expect((await save(short)).parameters).toMatchObject({ path: 'tours[3].stops[0].dwell' });
    expect(await readFile(file, 'utf8')).toBe(TEXT);
  });
});

describe('rules', () => {
  it('are saved in their order, the first that applies first', async () => {
    const rules = [rule('12:00-13:00', 'round'), rule('20:00-06:00', 'second')];
    await desk.saveScheduleRules({ rules, otherwise: 'spare', fileRevision: await revision() });
    expect((await desk.programme()).schedule).toMatchObject({ rules, otherwise: 'spare' });
    expect(reloads).toHaveLength(1);
  });

  it('that cannot be meant are refused with key and mend, and the file stays as it is', async () => {
    const fileRevision = await revision();
    const save = (...rules: WrittenRule[]): Promise<GlasshallError> =>
      refusalOf(desk.saveScheduleRules({ rules, otherwise: 'first', fileRevision }));
    expect(await save(rule('always', 'night'), rule('20:00-06:00', 'round'))).toMatchObject({
      code: 'bad-schedule',
      parameters: { problem: 'rule-never-applies', path: 'schedule.rules[1].when' },
    });
    expect((await save(rule('open', 'night'))).parameters).toMatchObject({ problem: 'no-opening-hours' });
    expect((await save(rule('cron 99 * * * * for 5m', 'night'))).parameters).toMatchObject({
      path: 'schedule.rules[0].when',
    });
    expect(await readFile(file, 'utf8')).toBe(TEXT);
  });

  it('are not written over what somebody else changed, nor into a broken file', async () => {
    const fileRevision = await revision();
    await writeFile(file, `${TEXT}# theirs\n`);
    const request = { rules: [], otherwise: 'first', fileRevision };
    expect((await refusalOf(desk.saveScheduleRules(request))).code).toBe('configuration-changed');
    await writeFile(file, TEXT.replace('otherwise: first', 'otherwise: fourth'));
    const broken = await desk.programme();
    expect([broken.file.problem, broken.tours.map(({ id }) => id), broken.schedule]).toEqual([
      'invalid',
      ['round'],
      null,
    ]);
    const again = { ...request, fileRevision: broken.file.revision ?? '' };
    expect((await refusalOf(desk.saveScheduleRules(again))).code).toBe('configuration-invalid');
  });
});
