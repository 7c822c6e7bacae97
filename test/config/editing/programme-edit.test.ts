import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writtenRule, type TourOptions, type WrittenRule } from '../../../src/automation/options.js';
import { scheduleEdit, type ScheduleEdit } from '../../../src/config/editing/schedule-edit.js';
import { editText, type EditedText } from '../../../src/config/editing/text-edit.js';
import { tourEdit } from '../../../src/config/editing/tour-edit.js';
import { readConfiguration } from '../../../src/config/load.js';
import { ConfigurationError } from '../../../src/config/problems.js';
import { GlasshallError } from '../../../src/core/errors.js';

const store = { environment: { HALL: '西墙' }, readFile: (path: string) => path };

const head = `# A hall.
wall:   { name: '\${HALL}', width: 960, height: 540 }   # in pixels
cameras:
  - { id: lobby,   name: "大厅", rtsp: { main: "rtsp://192.0.2.1/main" } }
layouts:
  - { id: a, name: 甲, areas: lobby }
  - { id: b, name: 乙, areas: lobby }
  - { id: c, name: 丙, areas: lobby }
`;
const tail = `
# What the line says.
ticker: { text: '欢迎' } # \${NOT} a reference
outputs: [ { id: screen, type: ddp, host: 127.0.0.1 } ]
`;
const tours = `tours:
  # By day.
  - id: round   # kept
    name: '巡览' # quoted
    stops:
      # the lobby first
      - { layout: a,   dwell: 0.5m } # half a minute
      - layout: b # 20 s
      # then the rest
      - { layout: c, dwell: 15s }

  # At night.
  - { id: night, name: 夜间, stops: [ { layout: a } ] }
`;
const schedule = `schedule:
  openingHours: { monday-friday: ['09:00-12:00', '13:30-17:00'] }
  rules: # the first that applies
    # both are on holidays
    - { name: 放假, when: holiday, show: a } # all day

    # while people are here
    - when: open
      days: [monday-wednesday, friday] # not on Thursdays
      show: round
    - { when: "cron 0 10 * * 1-5 for 10m", show: b }
  holidays: [ { name: 国庆节, from: 2026-10-01 } ]
  otherwise: c # nobody is here
`;
const text = head + tours + schedule + tail;

const opened = (written: string): EditedText => ({
  text: written,
  loaded: readConfiguration(written, 'hall.yaml', store),
});
function saveTour(written: string, tour: TourOptions, replaces: string | null = tour.id): string {
  const before = opened(written);
  return editText(before, 'hall.yaml', tourEdit(before, { kind: 'save', tour, replaces }), store).text;
}
function deleteTour(written: string, tour: string): string {
  const before = opened(written);
  return editText(before, 'hall.yaml', tourEdit(before, { kind: 'delete', tour }), store).text;
}
function saveRules(written: string, wanted: ScheduleEdit): string {
  const before = opened(written);
  return editText(before, 'hall.yaml', scheduleEdit(before, wanted), store).text;
}

function tourIn(written: string, id: string): TourOptions {
  const tour = opened(written).loaded.configuration.tours.find((candidate) => candidate.id === id);
  if (tour === undefined) throw new Error(`no tour ${id}`);
  return tour;
}
function rulesIn(written: string): ScheduleEdit & { rules: WrittenRule[] } {
  const { rules = [], otherwise = '' } = opened(written).loaded.configuration.schedule ?? {};
  return { rules: rules.map(writtenRule), otherwise };
}

/** The lines of which one text differs from the other, without those that both have. */
function changedLines(before: string, after: string): { gone: string[]; come: string[] } {
  const [old, young] = [before.split('\n'), after.split('\n')];
  return { gone: old.filter((line) => !young.includes(line)), come: young.filter((line) => !old.includes(line)) };
}

const refusalOf = (run: () => unknown): unknown => {
  try {
    run();
  } catch (failure) {
    return failure;
  }
  return null;
};

const rule = (when: string, show: string, more: Partial<WrittenRule> = {}): WrittenRule => ({
  ...{ name: null, when, days: [], from: null, to: null, show },
  ...more,
});

describe('a tour in the text of a configuration', () => {
  it('is saved unchanged without a byte changed', () => {
    for (const id of ['round', 'night']) expect(saveTour(text, tourIn(text, id))).toBe(text);
  });

  it('gets another name and dwell, and keeps every comment', () => {
    const before = tourIn(text, 'round');
    const stops = before.stops.map((stop, index) => (index === 0 ? stop : { ...stop, dwell: 90_000 + index }));
    expect(changedLines(text, saveTour(text, { ...before, name: '白天', skipDead: false, stops }))).toEqual({
      gone: ["    name: '巡览' # quoted", '      - { layout: c, dwell: 15s }'],
      come: [
        '    name: 白天 # quoted',
        '        dwell: 90001ms',
        '      - { layout: c, dwell: 90002ms }',
        '    skipDead: false',
      ],
    });
  });

  it('gets its stops in another order, each with its comment, and new ones among them', () => {
    const before = tourIn(text, 'round');
    const [a, b, c] = before.stops;
    if (a === undefined || b === undefined || c === undefined) throw new Error('three stops');
    const after = saveTour(text, {
      ...before,
      stops: [c, a, { layout: 'b', dwell: 60_000 }, { layout: 'a', dwell: 5_000 }],
    });
    expect(after).toBe(
      text.replace(
        /( {6}# the lobby first\n)[^]*15s }\n/,
        [
          '      # the lobby first',
          '      # then the rest',
          '      - { layout: c, dwell: 15s }',
          '      - { layout: a,   dwell: 0.5m } # half a minute',
          '      - layout: b # 20 s',
          '        dwell: 1m',
          '      - { layout: a, dwell: 5s }',
          '',
        ].join('\n'),
      ),
    );
    const flow = saveTour(text, { ...tourIn(text, 'night'), stops: [b, ...tourIn(text, 'night').stops] });
    expect(changedLines(text, flow).come).toEqual([
      '  - { id: night, name: 夜间, stops: [ { layout: b, dwell: 20s }, { layout: a } ] }',
    ]);
  });

  it('is added after the others, as they are spaced, and deleted with the comment above it', () => {
    const tour: TourOptions = { id: 'new', name: 'yes', skipDead: true, stops: [{ layout: 'a', dwell: 120_000 }] };
    const after = saveTour(text, tour, null);
    const added = "\n  - id: new\n    name: 'yes'\n    stops:\n      - { layout: a, dwell: 2m }\n";
    expect(after).toBe(text.replace('schedule:', () => `${added}schedule:`));
    expect(deleteTour(text, 'night')).toBe(text.replace(/\n {2}# At night\.[^]*(?=schedule:)/, '\n'));
  });

  it.each([
    ['where there are none', head + tail],
    ['where the list is empty', `${head}tours: []${tail}`],
    ['with line breaks of Windows', (head + tail).replaceAll('\n', '\r\n')],
    ['behind a byte order mark', `\uFEFF${head}${tail}`],
    ['without a line break at the end', (head + tail).trimEnd()],
  ])('is the first %s, and goes again', (_name, written) => {
    const tour: TourOptions = { id: 'new', name: '新', skipDead: true, stops: [{ layout: 'a', dwell: 5_000 }] };
    const after = saveTour(written, tour, null);
    expect(tourIn(after, 'new')).toEqual(tour);
    if (written.includes('\r\n')) expect(after).not.toMatch(/[^\r]\n/);
    const gone = deleteTour(after, 'new');
    expect(gone.trimEnd()).toBe(written.replace('tours: []\n', '').trimEnd());
  });

  it('that cannot be meant is refused with line, key and mend; what only people can change is left alone', () => {
    const before = tourIn(text, 'round');
    const bad = refusalOf(() => saveTour(text, { ...before, stops: [{ layout: 'aa', dwell: 1_000 }] }));
    if (!(bad instanceof ConfigurationError)) throw bad;
    expect(bad.problems).toMatchObject([{ path: 'tours[0].stops[0].dwell' }]);
    const none = refusalOf(() => saveTour(text, { ...before, stops: [] }));
    expect(none).toBeInstanceOf(ConfigurationError);
    expect(refusalOf(() => deleteTour(text, 'gone'))).toMatchObject({ code: 'unknown-tour' });
    const anchored = text.replace('stops: [ { layout: a } ] }', 'stops: &s [ { layout: a } ] }');
    const aliased = anchored.replace('schedule:', '  - { id: more, name: 更多, stops: *s }\nschedule:');
    const wanted = { ...tourIn(aliased, 'night'), stops: [{ layout: 'b', dwell: 20_000 }] };
    expect(refusalOf(() => saveTour(aliased, wanted))).toMatchObject({ code: 'tour-not-editable' });
    expect(refusalOf(() => saveTour(aliased, wanted))).toBeInstanceOf(GlasshallError);
  });
});

describe('the rules of the schedule in the text of a configuration', () => {
  it('are saved unchanged without a byte changed', () => {
    expect(saveRules(text, rulesIn(text))).toBe(text);
  });

  it('change where they stand, and what is shown otherwise', () => {
    const { rules } = rulesIn(text);
    const wanted = rules.map((each) =>
      each.when === 'open'
        ? { ...each, days: ['working-days'], name: '办公', from: '2026-10-02' }
        : each.when === 'holiday'
          ? { ...each, name: null }
          : each,
    );
    expect(changedLines(text, saveRules(text, { rules: wanted, otherwise: 'night' }))).toEqual({
      gone: [
        '    - { name: 放假, when: holiday, show: a } # all day',
        '      days: [monday-wednesday, friday] # not on Thursdays',
        '  otherwise: c # nobody is here',
      ],
      come: [
        '    - { when: holiday, show: a } # all day',
        '      days: working-days # not on Thursdays',
        '      name: 办公',
        "      from: '2026-10-02'",
        '  otherwise: night # nobody is here',
      ],
    });
  });

  it('come in another order with their comments, some gone and some new', () => {
    const { rules, otherwise } = rulesIn(text);
    const [holiday, office] = rules;
    if (holiday === undefined || office === undefined) throw new Error('two rules');
    const after = saveRules(text, {
      rules: [rule('08:30-09:00', 'c', { days: ['monday'] }), office, holiday],
      otherwise,
    });
    const [before = '', behind = ''] = text.split(/ {4}- \{ name: 放假[^]*for 10m", show: b }\n/);
    expect(after).toBe(
      `${before}    - { when: '08:30-09:00', days: monday, show: c }

    # while people are here
    - when: open
      days: [monday-wednesday, friday] # not on Thursdays
      show: round

    - { name: 放假, when: holiday, show: a } # all day
${behind}`,
    );
    expect(rulesIn(saveRules(text, { rules: [], otherwise }))).toEqual({ rules: [], otherwise });
  });

  it.each([
    ['no schedule', head + tail],
    ['a schedule without rules', `${head}schedule:\n  otherwise: c # nobody${tail}`],
    ['a schedule between brackets', `${head}schedule: { rules: [], otherwise: c }${tail}`],
    ['line breaks of Windows', (head + tail).replaceAll('\n', '\r\n')],
  ])('come into a configuration with %s', (_name, written) => {
    const wanted = {
      rules: [rule('always', 'a', { days: ['saturday', 'sunday'] }), rule('23:00-01:00', 'b')],
      otherwise: 'a',
    };
    const after = saveRules(written, wanted);
    expect(rulesIn(after)).toEqual(wanted);
    expect(after.startsWith(written.slice(0, head.length))).toBe(true);
    if (written.includes('\r\n')) expect(after).not.toMatch(/[^\r]\n/);
    const fewer = { rules: wanted.rules.slice(1), otherwise: 'b' };
    expect(rulesIn(saveRules(after, fewer))).toEqual(fewer);
  });

  it('that cannot be meant are refused with line, key and mend', () => {
    const { rules, otherwise } = rulesIn(text);
    const bad = [...rules, rule('holiday', 'gone'), rule('sometimes', 'a')];
    const refused = refusalOf(() => saveRules(text, { rules: bad, otherwise }));
    if (!(refused instanceof ConfigurationError)) throw refused;
    expect(refused.problems).toMatchObject([{ path: 'schedule.rules[4].when' }]);
    const never = refusalOf(() => saveRules(text, { rules: [...rules, rule('holiday', 'gone')], otherwise }));
    if (!(never instanceof ConfigurationError)) throw never;
    expect(never.problems).toMatchObject([
      { code: 'rule-never-applies', path: 'schedule.rules[3].when' },
      { code: 'unknown-layout', path: 'schedule.rules[3].show' },
    ]);
  });

  it('of an example are turned round and back without the rest being touched', () => {
    const example = readFileSync(new URL('../../../config/rehearsal.yaml', import.meta.url), 'utf8');
    const environment = Object.fromEntries(
      [...example.matchAll(/\$\{([A-Z_]+)\}/g)].map(([, key]) => [
        key ?? '',
        key?.includes('QUEUE') === true ? 'http://127.0.0.1/' : key?.includes('PORT') === true ? '4048' : '127.0.0.1',
      ]),
    );
    const given = { ...store, environment };
    const before: EditedText = { text: example, loaded: readConfiguration(example, 'rehearsal', given) };
    const { rules = [], otherwise = '' } = before.loaded.configuration.schedule ?? {};
    const written = rules.map(writtenRule);
    const tour = before.loaded.configuration.tours[0];
    if (tour === undefined) throw new Error('an example without tours');
    const turn = (stops: TourOptions['stops'], from: EditedText): EditedText =>
      editText(from, 'r', tourEdit(from, { kind: 'save', tour: { ...tour, stops }, replaces: tour.id }), given);
    const turned = turn([...tour.stops].reverse(), before);
    expect(turned.text).not.toBe(example);
    expect(turn(tour.stops, turned).text).toBe(example);
    const fewer = editText(before, 'r', scheduleEdit(before, { rules: written.slice(1), otherwise }), given);
    expect(fewer.loaded.configuration.schedule?.rules.map(writtenRule)).toEqual(written.slice(1));
  });
});
