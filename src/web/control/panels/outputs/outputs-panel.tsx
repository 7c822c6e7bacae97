import { useDesk } from '../../desk.js';
import { reasonWords, wordsFor } from '../../i18n/languages.js';
import type { Texts } from '../../i18n/languages.js';
import { Icon } from '../../parts/icon.js';
import type { IconName } from '../../parts/icon.js';
import { Nothing, Panel } from '../../parts/panel.js';
import type { Output } from '../../state/hall.js';
import './outputs-panel.css';

const ICONS: Readonly<Record<Output['reachability']['state'], IconName>> = {
  reachable: 'good',
  unconfirmed: 'quiet',
  unreachable: 'alarm',
};

/** Where the wall's picture goes, whether it gets there and how fast; what is wrong, and what to do. */
export function OutputsPanel() {
  const { hall, texts } = useDesk();
  const words = texts.value;
  const outputs = hall.outputs.value;
  const reached = outputs?.filter(({ reachability }) => reachability.state !== 'unreachable').length ?? 0;
  return (
    <Panel
      id="outputs"
      heading={words.outputs.heading}
      aside={
        outputs !== null &&
        outputs.length > 0 && <span class="panel-note">{words.outputs.summary(reached, outputs.length)}</span>
      }
    >
      {outputs === null && <Nothing words={words.loading} />}
      {outputs?.length === 0 && <Nothing words={words.outputs.empty} />}
      <ul class="outputs-list">
        {outputs?.map((output) => (
          <OutputRow key={output.output} output={output} />
        ))}
      </ul>
    </Panel>
  );
}

function OutputRow({ output }: { readonly output: Output }) {
  const { hall, texts, current } = useDesk();
  const words = texts.value;
  const known = current.value;
  const { state, reason, detail } = output.reachability;
  const rate = hall.outputRates.value.get(output.output);
  const wanted = hall.wall.value?.wall.framesPerSecond ?? 0;
  return (
    <li class={`output is-${known ? state : 'past'}`}>
      <p class="output-head">
        <span class="output-id">{output.output}</span>
        <span class="output-type">{wordsFor(words.outputs.types, output.type) ?? output.type}</span>
      </p>
      <p class="output-state">
        <Icon name={known ? ICONS[state] : 'quiet'} />
        <span>
          {known ? words.outputs.states[state] : words.link.before(words.outputs.states[state])}
          {reason !== null && ` · ${reasonWords(words, reason)}`}
        </span>
      </p>
      {known && state === 'unreachable' && <p class="output-advice">{adviceOf(reason, words)}</p>}
      <dl class="output-figures">
        <div>
          <dt>{words.outputs.rate}</dt>
          <dd class={rate !== undefined && rate < wanted * 0.9 ? 'is-low' : ''}>
            {rate === undefined ? '—' : words.outputs.perSecond(words.number(Math.round(rate)))}
          </dd>
        </div>
        <div>
          <dt>{words.outputs.sent}</dt>
          <dd>{words.number(output.frames)}</dd>
        </div>
        <div>
          <dt>{words.outputs.lost}</dt>
          <dd class={output.droppedFrames > 0 ? 'is-low' : ''}>{words.number(output.droppedFrames)}</dd>
        </div>
      </dl>
      <p class="output-address">
        <code>{output.address}</code>
        {detail !== undefined && <span>{detail}</span>}
      </p>
    </li>
  );
}

function adviceOf(reason: string | null, { outputs: words }: Texts): string {
  return (reason === null ? null : wordsFor(words.advice, reason)) ?? words.adviceElse;
}
