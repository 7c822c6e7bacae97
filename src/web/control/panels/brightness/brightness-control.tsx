import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { useDesk } from '../../desk.js';
import { mostPercent, shownPercent, stepOf } from '../../state/brightness.js';
import type { Brightness } from '../../state/hall.js';

type Given = { readonly brightness: Brightness; readonly refused: Signal<number | null> };

/** Automatic or by hand; the slider ends at what the law allows, and an exact figure beyond it is refused by the server. */
export function BrightnessControl({ brightness, refused }: Given) {
  const { texts, commands, may } = useDesk();
  const { brightness: words, number } = texts.value;
  const { wishPercent, automaticPercent, automaticReason, percent, ceiling } = brightness;
  const usable = may.value.operate;
  const isAutomatic = wishPercent === null;
  const set = async (wanted: number | null): Promise<void> => {
    refused.value = null;
    if ((await commands.brightness.set(wanted)) === 'above-ceiling') refused.value = wanted;
  };
  const byHand = Math.min(shownPercent(percent), mostPercent(ceiling.ceilingPercent));
  return (
    <>
      <div class="brightness-mode" role="group" aria-label={words.heading}>
        <button
          class="button"
          type="button"
          aria-pressed={isAutomatic}
          disabled={!usable}
          onClick={() => void set(null)}
        >
          {words.automatic}
        </button>
        <button
          class="button"
          type="button"
          aria-pressed={!isAutomatic}
          disabled={!usable}
          onClick={() => {
            if (isAutomatic) void set(byHand);
          }}
        >
          {words.manual}
        </button>
        <span class="brightness-soft">
          {words.automaticWould(number(shownPercent(automaticPercent)), words.reasons[automaticReason])}
        </span>
      </div>
      <Slider brightness={brightness} onSet={(wanted) => void set(wanted)} />
      <Exact onSet={(wanted) => void set(wanted)} />
    </>
  );
}

function Slider(props: { readonly brightness: Brightness; readonly onSet: (percent: number) => void }) {
  const { texts, may } = useDesk();
  const { brightness: words, number } = texts.value;
  const { ceiling, wishPercent, targetPercent } = props.brightness;
  /** Null while nobody drags: it then stands where the wall goes. */
  const dragged = useSignal<number | null>(null);
  const most = mostPercent(ceiling.ceilingPercent);
  const value = dragged.value ?? Math.min(most, shownPercent(wishPercent ?? targetPercent));
  const limit = number(shownPercent(ceiling.ceilingPercent));
  return (
    <div
      class="brightness-slider"
      style={{
        '--ceiling': String(ceiling.ceilingPercent >= 100 ? 2 : ceiling.ceilingPercent / 100),
        '--value': String(value / 100),
      }}
    >
      <input
        type="range"
        min={0}
        max={100}
        step={stepOf(ceiling.ceilingPercent)}
        value={value}
        aria-label={words.slider}
        aria-valuetext={words.sliderValue(number(value), limit)}
        disabled={!may.value.operate}
        onInput={({ currentTarget }) => {
          // The thumb stops at the limit, whoever pushes it.
          if (currentTarget.valueAsNumber > most) currentTarget.valueAsNumber = most;
          dragged.value = currentTarget.valueAsNumber;
        }}
        onChange={({ currentTarget }) => {
          const wanted = Math.min(most, currentTarget.valueAsNumber);
          dragged.value = null;
          props.onSet(wanted);
        }}
      />
      {ceiling.kind !== 'none' && (
        <span class={`brightness-limit ${ceiling.ceilingPercent > 60 ? 'is-high' : ''}`}>
          {words.ceilingMark(limit)}
        </span>
      )}
    </div>
  );
}

function Exact({ onSet }: { readonly onSet: (percent: number) => void }) {
  const { texts, may } = useDesk();
  const words = texts.value.brightness;
  const written = useSignal('');
  const id = useId();
  const wanted = Number.parseFloat(written.value);
  const isUsable = may.value.operate && wanted >= 0 && wanted <= 100;
  return (
    <form
      class="brightness-exact"
      onSubmit={(event) => {
        event.preventDefault();
        if (isUsable) onSet(wanted);
      }}
    >
      <label for={id}>{words.exact}</label>
      <input
        id={id}
        type="number"
        min={0}
        max={100}
        step="any"
        inputMode="decimal"
        value={written.value}
        disabled={!may.value.operate}
        onInput={({ currentTarget }) => (written.value = currentTarget.value)}
      />
      <button class="button" type="submit" disabled={!isUsable}>
        {words.apply}
      </button>
    </form>
  );
}
