import { useDesk } from '../../desk.js';
import { reasonWords } from '../../i18n/languages.js';
import { Icon } from '../../parts/icon.js';
import type { IconName } from '../../parts/icon.js';
import { Nothing, Panel } from '../../parts/panel.js';
import type { Output } from '../../state/hall.js';
import { ControllerRow } from './controller-row.js';
import './outputs-panel.css';

const ICONS: Readonly<Record<Output['reachability']['state'], IconName>> = {
  reachable: 'good',
  unconfirmed: 'quiet',
  unreachable: 'alarm',
};

/** Where the wall's picture goes, whether it gets there, and what commands the screen there. */
export function OutputsPanel() {
  const { hall, texts, preferences } = useDesk();
  const words = texts.value;
  const outputs = hall.outputs.value;
  return (
    <Panel id="outputs" heading={words.outputs.heading}>
      <label class="switch">
        <input
          type="checkbox"
          checked={preferences.pixelMap.value}
          onChange={({ currentTarget }) => (preferences.pixelMap.value = currentTarget.checked)}
        />
        <span>{words.outputs.showMap}</span>
      </label>
      {outputs === null && <Nothing words={words.loading} />}
      {outputs?.length === 0 && <Nothing words={words.outputs.empty} />}
      <ul class="outputs-list">
        {outputs?.map((output) => (
          <OutputRow key={output.output} output={output} />
        ))}
        {hall.controllers.value?.map((controller) => (
          <ControllerRow key={`controller ${controller.controller}`} controller={controller} />
        ))}
      </ul>
    </Panel>
  );
}

function OutputRow({ output }: { readonly output: Output }) {
  const { texts, current } = useDesk();
  const words = texts.value;
  const known = current.value;
  const { state, reason, detail } = output.reachability;
  return (
    <li class={`output is-${known ? state : 'past'}`}>
      <p class="output-head">
        <span class="output-id">{output.output}</span>
        <span class="output-type">{output.type}</span>
      </p>
      <p class="output-state">
        <Icon name={known ? ICONS[state] : 'quiet'} />
        <span>
          {known ? words.outputs.states[state] : words.link.before(words.outputs.states[state])}
          {reason !== null && ` · ${reasonWords(words, reason)}`}
        </span>
      </p>
      {detail !== undefined && <p class="output-figures">{detail}</p>}
      <p class="output-figures output-address">{output.address}</p>
      <p class="output-figures">
        {words.outputs.frames(words.number(output.frames))} ·{' '}
        {words.outputs.dropped(words.number(output.droppedFrames))}
      </p>
    </li>
  );
}
