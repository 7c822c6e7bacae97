import { useComputed, useSignal } from '@preact/signals';
import type { Fault, ProgrammeCatalogue } from '../../commands/programme-making.js';
import { useDesk } from '../../desk.js';
import { wordsFor } from '../../i18n/languages.js';
import { Nothing, Panel } from '../../parts/panel.js';
import { moved, replaced } from '../../programme-editor/lists.js';
import {
  drawnRules,
  givenRules,
  isSameRules,
  MOST_RULES,
  ruleFieldAt,
  ruleProblems,
  withRule,
} from '../../programme-editor/rules.js';
import type { DrawnRules, RuleField } from '../../programme-editor/rules.js';
import { isWritten } from '../../state/hall.js';
import type { Wall } from '../../state/hall.js';
import { goTo } from '../../state/place.js';
import { MakingFrame } from './making-frame.js';
import { RuleEntry } from './rule-entry.js';
import { ShowChoice } from './show-choice.js';

/** Makes the rules of the schedule: when what is shown, the first that applies first. */
export function RulesEditor(props: {
  readonly wall: Wall;
  readonly catalogue: ProgrammeCatalogue;
  readonly reload: () => Promise<void>;
}) {
  const { texts, commands } = useDesk();
  const words = texts.value.making;
  const { wall, catalogue, reload } = props;
  const written = writtenRules(catalogue, wall);
  const first = useSignal(written);
  const drawn = useSignal(written);
  const fault = useSignal<Fault | null>(null);
  const isUnsaved = useComputed(() => !isSameRules(drawn.value, first.value));
  const { rules, otherwise } = drawn.value;
  const shown = new Set([...wall.layouts, ...wall.tours].map(({ id }) => id));
  const problems = ruleProblems(drawn.value, shown, catalogue.schedule?.hasHours ?? false);
  const change = (next: DrawnRules): void => {
    drawn.value = next;
    fault.value = null;
  };
  const save = async (): Promise<void> => {
    const { revision } = catalogue.file;
    if (revision === null) return;
    const saved = await commands.programmeMaking.saveRules({ ...givenRules(drawn.value), fileRevision: revision });
    if (saved === 'done') {
      first.value = drawn.value;
      goTo('programme');
    } else if (saved === 'failed') await reload();
    else fault.value = saved;
  };
  const told = fault.value === null ? null : { ...fault.value, at: ruleFieldAt(fault.value.path) };
  const toldWords = told === null ? '' : (wordsFor(words.problem, told.problem) ?? words.unknownProblem(told.problem));
  const faultsOf = (index: number, field: RuleField): readonly string[] => [
    ...problems.flatMap(({ rule, field: at, code }) => (rule === index && at === field ? [words.problem[code]] : [])),
    ...(told?.at?.rule === index && told.at.field === field ? [toldWords] : []),
  ];
  return (
    <MakingFrame
      heading={words.rules.heading}
      catalogue={catalogue}
      isUnsaved={isUnsaved}
      isOutdated={!isSameRules(written, first.value)}
      problemCount={problems.length}
      note={wall.automation.mode === 'schedule' ? words.appliesAtOnce : null}
      onSave={() => void save()}
      onLoadTheirs={() => change((first.value = written))}
    >
      <Panel id="rules" heading={words.rules.list} aside={<span class="panel-note key-hint">{words.keyHint}</span>}>
        {rules.length === 0 && <Nothing words={words.rules.none} />}
        <ol class="rule-list">
          {rules.map((rule, index) => (
            <RuleEntry
              key={rule.key}
              wall={wall}
              rule={rule}
              index={index}
              count={rules.length}
              faultsOf={(field) => faultsOf(index, field)}
              onChange={(next) => change({ rules: replaced(rules, index, { ...rule, ...next }), otherwise })}
              onMove={(by) => change({ rules: moved(rules, index, by), otherwise })}
              onRemove={() => change({ rules: rules.toSpliced(index, 1), otherwise })}
            />
          ))}
        </ol>
        <div class="rules-end">
          <button
            type="button"
            class="button"
            disabled={rules.length >= MOST_RULES}
            onClick={() => change(withRule(drawn.value, { when: '09:00-12:00', show: otherwise }))}
          >
            <span aria-hidden="true">＋</span> {words.rules.add}
          </button>
          <label class="field">
            <span>{words.rules.otherwise}</span>
            <ShowChoice
              wall={wall}
              value={otherwise}
              faultId={null}
              onChange={(next) => change({ rules, otherwise: next })}
            />
          </label>
        </div>
        {told !== null && told.at === null && (
          <p class="field-fault" role="alert">
            {toldWords}
          </p>
        )}
        <p class="panel-note">{words.rules.hours}</p>
      </Panel>
    </MakingFrame>
  );
}

function writtenRules({ schedule }: ProgrammeCatalogue, wall: Wall): DrawnRules {
  if (schedule !== null) return drawnRules(schedule.rules, schedule.otherwise);
  return drawnRules([], wall.layouts.find(isWritten)?.id ?? wall.program);
}
