import type { EditableRule } from '../../commands/programme-making.js';
import { useDesk } from '../../desk.js';
import { DAYS, daysOf, rangesOf } from '../../programme-editor/days.js';
import type { RuleField } from '../../programme-editor/rules.js';
import type { Wall } from '../../state/hall.js';
import { EntryButtons, moveByKey } from './entry-buttons.js';
import { FieldFault } from './making-frame.js';
import { ShowChoice } from './show-choice.js';
import { WhenChoice } from './when-choice.js';

/** One rule: when, on which days, and what is shown. */
export function RuleEntry(props: {
  readonly wall: Wall;
  readonly rule: EditableRule;
  readonly index: number;
  readonly count: number;
  readonly faultsOf: (field: RuleField) => readonly string[];
  readonly onChange: (change: Partial<EditableRule>) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}) {
  const { texts } = useDesk();
  const words = texts.value.making.rules;
  const { wall, rule, index, faultsOf, onChange, onMove } = props;
  const title = words.rule(index + 1);
  const faultId = (field: RuleField): string => `rule-${index}-${field}-fault`;
  const days = daysOf(rule.days);
  return (
    <li class="rule-entry" aria-label={title} onKeyDown={(event) => moveByKey(event, onMove)}>
      <span class="stop-number" aria-hidden="true">
        {index + 1}
      </span>
      <div class="rule-fields">
        <WhenChoice
          text={rule.when}
          faults={faultsOf('when')}
          faultId={faultId('when')}
          onChange={(when) => onChange({ when })}
        />
        <label class="field">
          <span>{words.show}</span>
          <ShowChoice wall={wall} value={rule.show} faultId={faultId('show')} onChange={(show) => onChange({ show })} />
          <FieldFault id={faultId('show')} words={faultsOf('show')} />
        </label>
        <fieldset class="field rule-days">
          <legend>{words.days}</legend>
          <div>
            {DAYS.map((day) => (
              <button
                key={day}
                type="button"
                class="button"
                aria-pressed={days.has(day)}
                onClick={() => {
                  const next = new Set(days);
                  if (!next.delete(day)) next.add(day);
                  onChange({ days: rangesOf(next) });
                }}
              >
                {words.dayNames[day]}
              </button>
            ))}
          </div>
          <FieldFault id={faultId('days')} words={faultsOf('days')} />
        </fieldset>
        <div class="rule-more">
          <label class="field">
            <span>{words.name}</span>
            <input
              type="text"
              maxLength={60}
              value={rule.name ?? ''}
              aria-describedby={faultId('name')}
              onInput={({ currentTarget }) =>
                onChange({ name: currentTarget.value === '' ? null : currentTarget.value })
              }
            />
            <FieldFault id={faultId('name')} words={faultsOf('name')} />
          </label>
          {(['from', 'to'] as const).map((field) => (
            <label key={field} class="field">
              <span>{field === 'from' ? words.firstDate : words.lastDate}</span>
              <input
                type="date"
                value={rule[field] ?? ''}
                aria-invalid={faultsOf(field).length > 0}
                aria-describedby={faultId(field)}
                onInput={({ currentTarget }) =>
                  onChange({ [field]: currentTarget.value === '' ? null : currentTarget.value })
                }
              />
              <FieldFault id={faultId(field)} words={faultsOf(field)} />
            </label>
          ))}
        </div>
      </div>
      <EntryButtons what={title} index={index} count={props.count} onMove={onMove} onRemove={props.onRemove} />
    </li>
  );
}
