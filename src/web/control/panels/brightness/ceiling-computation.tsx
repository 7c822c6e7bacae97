import { useSignal, useSignalEffect } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { useDesk } from '../../desk.js';
import { wordsFor } from '../../i18n/languages.js';
import type { Texts } from '../../i18n/languages.js';
import { Icon } from '../../parts/icon.js';
import { shownPercent } from '../../state/brightness.js';
import type { ComputationStep } from '../../state/brightness.js';
import type { Brightness } from '../../state/hall.js';

/** What the law allows now, step by step, with where each figure is written. Opens by itself when a wish was refused. */
export function CeilingComputation(props: {
  readonly ceiling: Brightness['ceiling'];
  readonly refused: Signal<number | null>;
}) {
  const { texts } = useDesk();
  const { brightness: words, number } = texts.value;
  const { ceiling, refused } = props;
  const isOpen = useSignal(false);
  useSignalEffect(() => {
    if (refused.value !== null) isOpen.value = true;
  });
  const limit = number(shownPercent(ceiling.ceilingPercent));
  return (
    <>
      <div role="alert">
        {refused.value !== null && (
          <p class="brightness-refused">
            <Icon name="alarm" />
            {words.ceiling.refused(number(refused.value), limit)}
          </p>
        )}
      </div>
      {ceiling.kind === 'none' ? (
        <p class="brightness-soft">{words.ceiling.none}</p>
      ) : (
        <details
          class="ceiling"
          open={isOpen.value}
          onToggle={({ currentTarget }) => (isOpen.value = currentTarget.open)}
        >
          <summary>
            {words.ceiling.heading}
            <span>{words.ceiling.allowed(limit)}</span>
          </summary>
          {ceiling.rule !== null && <p class="ceiling-rule">{ruleName(ceiling.rule, words)}</p>}
          <ol class="ceiling-steps">
            {ceiling.computation.map((step) => (
              <li key={step.code} class={step.code === 'ceilingPercent' ? 'is-result' : ''}>
                <span>{wordsFor(words.ceiling.steps, step.code) ?? step.code}</span>
                <strong>{valueOf(step, texts.value)}</strong>
                {step.source !== undefined && <small lang="en">{step.source}</small>}
              </li>
            ))}
          </ol>
          {ceiling.source !== null && <Source source={ceiling.source} />}
        </details>
      )}
    </>
  );
}

/** Where the rule is written. Documents are cited as they call themselves, in the words of whoever read them. */
function Source({ source }: { readonly source: NonNullable<Brightness['ceiling']['source']> }) {
  const { texts } = useDesk();
  const words = texts.value.brightness.ceiling;
  return (
    <p class="ceiling-source">
      <span>
        {words.source} · {words.readings[source.reading]}
      </span>
      <cite lang="en">{[source.document, source.section].filter((part) => part !== '').join(', ')}</cite>
      {source.address !== '' && <code>{source.address}</code>}
      {source.note !== undefined && <small lang="en">{source.note}</small>}
    </p>
  );
}

function ruleName(rule: string, words: Texts['brightness']): string {
  return wordsFor(words.ceiling.rules, rule) ?? rule;
}

function valueOf({ value, unit }: ComputationStep, { brightness: { ceiling: words }, number }: Texts): string {
  if (typeof value === 'string') return wordsFor(words.values, value) ?? value;
  if (typeof value === 'boolean') return String(value);
  const figure = number(Math.round(value * 1_000) / 1_000);
  return unit === null ? figure : words.units[unit](figure);
}
