import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { useDesk } from '../../desk.js';
import { patternWords, placeWords } from '../../i18n/pattern-place.js';
import { Nothing, Panel } from '../../parts/panel.js';
import { targetThere } from '../../state/patterns.js';
import type { PatternTarget } from '../../state/patterns.js';
import { PatternConfirmation } from './pattern-confirmation.js';
import { PatternThumbnail } from './pattern-thumbnail.js';
import './patterns-panel.css';
import { TargetChoice } from './target-choice.js';

const DURATIONS = [10, 30, 60, 300, 600] as const;

/** Test pictures: which, where, for how long; what runs, and its end. The server asks back while the hall is open. */
export function PatternsPanel({ target }: { readonly target: Signal<PatternTarget> }) {
  const { hall, texts, commands, may } = useDesk();
  const words = texts.value.patterns;
  const chosen = useSignal('cabinet-numbers');
  const seconds = useSignal<(typeof DURATIONS)[number]>(60);
  const isConfirming = useSignal(false);
  const names = hall.patterns.value;
  const outputs = (hall.outputs.value ?? []).map(({ output }) => output);
  const where = targetThere(target.value, outputs, hall.pixelMaps.value);
  const isUnderWay = commands.pending.value.has('show-pattern');
  const show = async (confirm: boolean): Promise<void> => {
    const order = { pattern: chosen.value, target: where, seconds: seconds.value, confirm };
    isConfirming.value = (await commands.patterns.show(order)) === 'confirmation-needed';
  };
  return (
    <Panel id="patterns" heading={words.heading}>
      {names === null ? (
        <Nothing words={texts.value.loading} />
      ) : (
        <fieldset class="pattern-choice" disabled={!may.value.operate}>
          <legend class="visually-hidden">{words.choose}</legend>
          {names.map((name) => (
            <label key={name} class="pattern-option">
              <input
                type="radio"
                name="pattern"
                value={name}
                checked={chosen.value === name}
                onChange={() => (chosen.value = name)}
              />
              <PatternThumbnail name={name} />
              <span>{patternWords(texts.value, name)}</span>
            </label>
          ))}
        </fieldset>
      )}
      <div class="pattern-order">
        <TargetChoice target={target} where={where} outputs={outputs} />
        <label class="pattern-field">
          <span>{words.duration}</span>
          <select
            value={seconds.value}
            disabled={!may.value.operate}
            onChange={({ currentTarget }) => {
              seconds.value = DURATIONS.find((each) => String(each) === currentTarget.value) ?? 60;
            }}
          >
            {DURATIONS.map((each) => (
              <option key={each} value={each}>
                {words.durations[each]}
              </option>
            ))}
          </select>
        </label>
        <button
          class="button is-primary"
          type="button"
          disabled={!may.value.operate || names === null || isUnderWay}
          onClick={() => void show(false)}
        >
          {words.show}
        </button>
      </div>
      {!may.value.operate && hall.wall.value !== null && <Nothing words={words.notOffered} />}
      {isConfirming.value && (
        <PatternConfirmation
          pattern={patternWords(texts.value, chosen.value)}
          where={placeWords(texts.value, where)}
          onYes={() => void show(true)}
          onNo={() => (isConfirming.value = false)}
        />
      )}
    </Panel>
  );
}
