import { describe, expect, it } from 'vitest';
import { parseWhen } from '../../../../src/automation/when.js';
import { daysOf, rangesOf, type Day } from '../../../../src/web/control/programme-editor/days.js';
import { moved } from '../../../../src/web/control/programme-editor/lists.js';
import { ruleFieldAt } from '../../../../src/web/control/programme-editor/rules.js';
import {
  FIRST_WHEN,
  isWhenFinished,
  WHEN_KINDS,
  whenFieldsOf,
  whenTextOf,
} from '../../../../src/web/control/programme-editor/when.js';

describe('the words of a rule', () => {
  it.each([
    ...WHEN_KINDS.map((kind) => FIRST_WHEN[kind]),
    '22:00-06:00',
    '08:00-24:00',
    '1.5h before opening',
    '45s after closing',
    'cron */5 9-17 * * mon,wed for 90s',
  ])('"%s" mean the same as choices', (text) => {
    const fields = whenFieldsOf(text);
    expect(isWhenFinished(fields)).toBe(true);
    const before = JSON.stringify(parseWhen(text)).replace('1440', '0');
    expect(JSON.stringify(parseWhen(whenTextOf(fields)))).toBe(before);
    expect(whenFieldsOf(whenTextOf(fields))).toEqual(fields);
  });

  it.each([
    '-17:00',
    '09:00-',
    '09:00-09:00',
    ' before opening',
    '13h before opening',
    'cron  for 10m',
    'cron 0 9 * * *',
  ])('"%s" are told not to be finished, and stay the same choices', (text) => {
    const fields = whenFieldsOf(text);
    expect(isWhenFinished(fields)).toBe(false);
    expect(whenFieldsOf(whenTextOf(fields))).toEqual(fields);
  });
});

describe('the days of a rule', () => {
  it.each([
    [['monday-friday'], ['monday-friday']],
    [['saturday-monday'], ['monday', 'saturday-sunday']],
    [
      ['working-days', 'sunday'],
      ['sunday', 'working-days'],
    ],
    [[], []],
  ])('%j are single days, and as ranges %j', (written, ranges) => {
    const days: ReadonlySet<Day> = daysOf(written);
    expect(rangesOf(days)).toEqual(ranges);
    expect(daysOf(ranges)).toEqual(days);
  });
});

it('moves entries as far as the list goes', () => {
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c']);
});

it('finds the field that a path of the configuration means', () => {
  expect(ruleFieldAt('schedule.rules[12].show')).toEqual({ rule: 12, field: 'show' });
  expect(ruleFieldAt('schedule.rules[0]')).toEqual({ rule: 0, field: 'when' });
  expect(ruleFieldAt('schedule.otherwise')).toBeNull();
});
