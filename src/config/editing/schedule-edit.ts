import { isDeepStrictEqual } from 'node:util';
import { isMap, type YAMLMap } from 'yaml';
import { writtenRule, type WrittenRule } from '../../automation/options.js';
import { GlasshallError } from '../../core/errors.js';
import { entryWords, scalarWords } from './layout-words.js';
import { relisting, wasBefore, type ListEntry } from './list-splices.js';
import { ruleValues, ruleWords } from './programme-words.js';
import { adding, NotEditable, removingKey, replacing, setting, type Splice } from './splices.js';
import { appendingLines, listIn, rootOf, type EditedText, type TextEdit } from './text-edit.js';

/** What the schedule shows: the rules, the first that applies, and what is shown when none does. */
export type ScheduleEdit = { readonly rules: readonly WrittenRule[]; readonly otherwise: string };

/** The change of the schedule's rules; hours, holidays and working days stay. Made, it may throw `schedule-not-editable`. */
export function scheduleEdit({ text, loaded }: EditedText, wanted: ScheduleEdit): TextEdit {
  const { schedule } = loaded.configuration;
  const before = schedule === undefined ? null : { ...schedule, rules: schedule.rules.map(writtenRule) };
  return {
    ways:
      before === null
        ? [() => [newSchedule(wanted, text)]]
        : [() => scheduleSplices(before, wanted, text, false), () => scheduleSplices(before, wanted, text, true)],
    rest: ({ schedule: written, ...others }) => {
      const { rules: _rules, otherwise: _otherwise, ...rest } = isRecord(written) ? written : {};
      return [others, rest];
    },
    says: ({ configuration: { schedule: now } }) =>
      now !== undefined &&
      now.otherwise === wanted.otherwise &&
      isDeepStrictEqual(now.rules.map(writtenRule), wanted.rules),
    refusal: () =>
      new GlasshallError(
        'schedule-not-editable',
        'the schedule is written in a way that is not changed by program (anchors, merges or tags) — change it by hand',
        { path: 'schedule.rules' },
      ),
  };
}

function newSchedule({ rules, otherwise }: ScheduleEdit, text: string): Splice {
  const list = rules.length === 0 ? [] : ['  rules:', ...rules.map((rule) => `    - ${ruleWords(rule)}`)];
  return appendingLines(rootOf(text), ['schedule:', ...list, `  ${entryWords('otherwise', otherwise)}`], text);
}

/** @param isWhole whether every rule is written anew */
function scheduleSplices(
  before: ScheduleEdit,
  wanted: ScheduleEdit,
  text: string,
  isWhole: boolean,
): readonly Splice[] {
  const schedule = rootOf(text).get('schedule', true);
  if (!isMap(schedule)) throw new NotEditable('the schedule is no mapping');
  const splices: Splice[] = [];
  if (wanted.otherwise !== before.otherwise) {
    splices.push(replacing(schedule, 'otherwise', scalarWords(wanted.otherwise)));
  }
  if (!isDeepStrictEqual(before.rules, wanted.rules))
    splices.push(...rulesSplices(schedule, before, wanted, text, isWhole));
  return splices;
}

function rulesSplices(
  schedule: YAMLMap,
  before: ScheduleEdit,
  { rules }: ScheduleEdit,
  text: string,
  isWhole: boolean,
): readonly Splice[] {
  if (rules.length === 0) return removingKey(schedule, 'rules', text);
  if (before.rules.length > 0) {
    const entries = isWhole ? rules.map(newRule) : ruleEntries(before.rules, rules, text);
    return relisting(listIn(schedule, 'rules'), entries, text);
  }
  const flow = `[${rules.map(ruleWords).join(', ')}]`;
  if (schedule.has('rules')) return [replacing(schedule, 'rules', flow)];
  const lines =
    schedule.flow === true ? [`rules: ${flow}`] : ['rules:', ...rules.map((rule) => `  - ${ruleWords(rule)}`)];
  return [adding(schedule, lines, text)];
}

function ruleEntries(
  before: readonly WrittenRule[],
  wanted: readonly WrittenRule[],
  text: string,
): readonly ListEntry[] {
  const origins = wasBefore(before, wanted, likeness);
  return wanted.map((rule, position): ListEntry => {
    const index = origins[position] ?? null;
    const old = index === null ? undefined : before[index];
    if (index === null || old === undefined) return newRule(rule);
    const was = ruleValues(old);
    const values = new Map([...ruleValues(rule)].filter(([key, words]) => was.get(key) !== words));
    return { kind: 'written', index, changes: (map) => setting(map, values, text) };
  });
}

function newRule(rule: WrittenRule): ListEntry {
  return { kind: 'new', flow: ruleWords(rule), block: [ruleWords(rule)] };
}

/** How much two rules have in common: a rule that is the same comes first, then what people would call the same rule. */
function likeness(written: WrittenRule, wanted: WrittenRule): number {
  if (isDeepStrictEqual(written, wanted)) return 10;
  const isNamed = written.name !== null && written.name === wanted.name;
  return (isNamed ? 4 : 0) + (written.when === wanted.when ? 2 : 0) + (written.show === wanted.show ? 1 : 0);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
