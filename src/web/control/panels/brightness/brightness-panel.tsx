import { useSignal } from '@preact/signals';
import { useDesk } from '../../desk.js';
import { Nothing, Panel } from '../../parts/panel.js';
import { shownPercent } from '../../state/brightness.js';
import type { Brightness } from '../../state/hall.js';
import { BrightnessControl } from './brightness-control.js';
import './brightness-panel.css';
import { CeilingComputation } from './ceiling-computation.js';
import { LightLine } from './light-line.js';

/** How bright the wall is and why, what the law allows and how that comes about, and what an operator asks for. */
export function BrightnessPanel() {
  const { hall, texts } = useDesk();
  const words = texts.value.brightness;
  const brightness = hall.brightness.value;
  /** Per cent that were refused lately: the computation says why. */
  const refused = useSignal<number | null>(null);
  return (
    <Panel
      id="brightness"
      heading={words.heading}
      aside={brightness !== null && <span class="panel-note">{words.phases[brightness.phase]}</span>}
    >
      {brightness === null ? (
        <Nothing words={texts.value.loading} />
      ) : (
        <>
          <Now brightness={brightness} />
          <BrightnessControl brightness={brightness} refused={refused} />
          <CeilingComputation ceiling={brightness.ceiling} refused={refused} />
          <dl class="brightness-facts">
            <dt>{words.light.heading}</dt>
            <dd>
              <LightLine brightness={brightness} />
            </dd>
            <dt>{words.outputs.heading}</dt>
            <dd>
              <Dimmers brightness={brightness} />
            </dd>
          </dl>
        </>
      )}
    </Panel>
  );
}

function Now({ brightness }: { readonly brightness: Brightness }) {
  const { texts, current, link } = useDesk();
  const { brightness: words, number } = texts.value;
  const { percent, targetPercent, isRamping, reason } = brightness;
  const known = current.value || link.state.value.kind === 'connecting';
  const shown = words.percent(number(shownPercent(percent)));
  return (
    <p class="brightness-now">
      <span class="visually-hidden">{words.now}</span>
      <strong>{known ? shown : texts.value.link.before(shown)}</strong>
      <span>
        {words.reasons[reason]}
        <small>{isRamping ? words.rampingTo(number(shownPercent(targetPercent))) : words.steady}</small>
      </span>
    </p>
  );
}

function Dimmers({ brightness }: { readonly brightness: Brightness }) {
  const { texts } = useDesk();
  const { brightness: words, number } = texts.value;
  return (
    <ul>
      {brightness.outputs.map(({ output, by, percent, pixelPercent, isSilent }) => (
        <li key={output}>
          <strong>{output}</strong> {words.outputs.by[by]}
          {by !== 'nobody' && ` ${words.outputs.line(number(shownPercent(percent)))}`}
          {by === 'controller' && (
            <span class="brightness-soft"> · {words.outputs.pixels(number(shownPercent(pixelPercent)))}</span>
          )}
          {isSilent && <span class="brightness-soft"> · {words.outputs.silent}</span>}
        </li>
      ))}
    </ul>
  );
}
