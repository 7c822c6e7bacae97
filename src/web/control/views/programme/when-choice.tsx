import { useDesk } from '../../desk.js';
import { FIRST_WHEN, WHEN_KINDS, whenFieldsOf, whenTextOf } from '../../programme-editor/when.js';
import type { WhenFields, WhenKind } from '../../programme-editor/when.js';
import { FieldFault } from './making-frame.js';

/** When a rule applies, as choices in place of the words that the configuration has. */
export function WhenChoice(props: {
  /** The words of the configuration. */
  readonly text: string;
  readonly faults: readonly string[];
  readonly faultId: string;
  readonly onChange: (text: string) => void;
}) {
  const { texts } = useDesk();
  const words = texts.value.making.rules;
  const { text, faults, faultId, onChange } = props;
  const fields = whenFieldsOf(text);
  return (
    <div class="rule-when">
      <label class="field">
        <span>{words.when}</span>
        <select
          value={fields.kind}
          aria-describedby={faultId}
          onChange={({ currentTarget }) => onChange(FIRST_WHEN[currentTarget.value as WhenKind])}
        >
          {WHEN_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {words.kinds[kind]}
            </option>
          ))}
        </select>
      </label>
      <Details
        fields={fields}
        isFaulty={faults.length > 0}
        faultId={faultId}
        onChange={(next) => onChange(whenTextOf(next))}
      />
      <FieldFault id={faultId} words={faults} />
    </div>
  );
}

function Details(props: {
  readonly fields: WhenFields;
  readonly isFaulty: boolean;
  readonly faultId: string;
  readonly onChange: (fields: WhenFields) => void;
}) {
  const { texts } = useDesk();
  const words = texts.value.making.rules;
  const { fields, isFaulty, faultId, onChange } = props;
  const entry = (
    label: string,
    type: 'time' | 'number' | 'text',
    value: string,
    change: (value: string) => WhenFields,
  ) => {
    const common = {
      value,
      'aria-invalid': isFaulty,
      'aria-describedby': faultId,
      onInput: ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) =>
        onChange(change(currentTarget.value)),
    };
    return (
      <label class={`field is-${type}`}>
        <span>{label}</span>
        {type === 'time' && <input type="time" {...common} />}
        {type === 'number' && <input type="number" min={0} step="any" {...common} />}
        {type === 'text' && <input type="text" spellcheck={false} maxLength={100} {...common} />}
      </label>
    );
  };
  switch (fields.kind) {
    case 'span':
      return (
        <>
          {entry(words.from, 'time', fields.from, (from) => ({ ...fields, from }))}
          {entry(words.until, 'time', fields.until, (until) => ({ ...fields, until }))}
        </>
      );
    case 'before-opening':
    case 'after-closing':
      return entry(words.minutes, 'number', fields.minutes, (minutes) => ({ ...fields, minutes }));
    case 'cron':
      return (
        <>
          {entry(words.expression, 'text', fields.expression, (expression) => ({ ...fields, expression }))}
          {entry(words.lasting, 'number', fields.minutes, (minutes) => ({ ...fields, minutes }))}
        </>
      );
    default:
      return null;
  }
}
