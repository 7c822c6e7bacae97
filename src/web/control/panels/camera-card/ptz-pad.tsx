import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Velocity } from '../../commands/cameras.js';
import { useDesk } from '../../desk.js';
import { createHold } from './hold.js';
import { HoldButton } from './hold-button.js';
import {
  atSpeed,
  DIRECTIONS,
  isPtzKey,
  SPEEDS,
  velocityOfKeys,
  ZOOM_IN,
  ZOOM_OUT,
  type SpeedName,
} from './ptz-directions.js';
import './turning.css';

const DIRECTION_NAMES = Object.keys(DIRECTIONS) as (keyof typeof DIRECTIONS)[];
const SPEED_NAMES = Object.keys(SPEEDS) as SpeedName[];

/** Turns a camera while a button or a key is held, and stops it however holding ends. */
export function PtzPad({ camera, disabled }: { readonly camera: string; readonly disabled: boolean }) {
  const { commands, texts } = useDesk();
  const speed = useSignal<SpeedName>('medium');
  const keysDown = useMemo(() => new Set<string>(), [camera]);
  const hold = useMemo(
    () => createHold(commands.cameras, camera, () => keysDown.clear()),
    [commands, camera, keysDown],
  );
  const words = texts.value.ptz;

  useEffect(() => {
    const letGo = (): void => {
      keysDown.clear();
      hold.letGo();
    };
    if (disabled) letGo();
    // A release outside of the page is not heard here.
    window.addEventListener('blur', letGo);
    document.addEventListener('visibilitychange', letGo);
    return () => {
      window.removeEventListener('blur', letGo);
      document.removeEventListener('visibilitychange', letGo);
      letGo();
    };
  }, [hold, keysDown, disabled]);

  const turn = (velocity: Velocity): void => {
    if (!disabled) hold.turn(atSpeed(velocity, SPEEDS[speed.value]));
  };
  const followKeys = (): void => {
    const wanted = velocityOfKeys(keysDown);
    if (wanted === null) hold.letGo();
    else turn(wanted);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isPtzKey(event.code) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (event.repeat || disabled) return;
    keysDown.add(event.code);
    followKeys();
  };
  const onKeyUp = (event: KeyboardEvent): void => {
    if (keysDown.delete(event.code)) followKeys();
  };
  const onFocusOut = (event: FocusEvent): void => {
    const next = event.relatedTarget;
    if (next instanceof Node && event.currentTarget instanceof Node && event.currentTarget.contains(next)) return;
    if (keysDown.size === 0) return;
    keysDown.clear();
    hold.letGo();
  };

  return (
    <div class="ptz-pad">
      <div
        class="ptz-turn"
        role="group"
        aria-label={words.pad}
        tabIndex={disabled ? -1 : 0}
        onKeyDown={onKeyDown}
        onKeyUp={onKeyUp}
        onFocusOut={onFocusOut}
      >
        <div class="ptz-directions">
          {DIRECTION_NAMES.map((name) => {
            const velocity = DIRECTIONS[name];
            return velocity === null ? (
              <button
                key={name}
                class="button ptz-button is-home"
                type="button"
                disabled={disabled}
                aria-label={words.directions[name]}
                title={words.directions[name]}
                onClick={() => void commands.cameras.goHome(camera)}
              >
                <PtzSign name="home" />
              </button>
            ) : (
              <HoldButton
                key={name}
                words={words.directions[name]}
                disabled={disabled}
                onHold={() => turn(velocity)}
                onLetGo={hold.letGo}
              >
                <PtzSign name={name} />
              </HoldButton>
            );
          })}
        </div>
        <div class="ptz-zoom">
          <HoldButton words={words.zoomIn} disabled={disabled} onHold={() => turn(ZOOM_IN)} onLetGo={hold.letGo}>
            <PtzSign name="in" />
            <span>{words.zoomIn}</span>
          </HoldButton>
          <HoldButton words={words.zoomOut} disabled={disabled} onHold={() => turn(ZOOM_OUT)} onLetGo={hold.letGo}>
            <PtzSign name="out" />
            <span>{words.zoomOut}</span>
          </HoldButton>
        </div>
      </div>
      <fieldset class="choice ptz-speed" disabled={disabled}>
        <legend>{words.speed}</legend>
        {SPEED_NAMES.map((name) => (
          <label key={name} class={speed.value === name ? 'is-chosen' : ''}>
            <input type="radio" name="ptz-speed" checked={speed.value === name} onChange={() => (speed.value = name)} />
            <span>{words.speeds[name]}</span>
          </label>
        ))}
      </fieldset>
    </div>
  );
}

const TURNS: Readonly<Record<string, number>> = {
  up: 0,
  'up-right': 45,
  right: 90,
  'down-right': 135,
  down: 180,
  'down-left': 225,
  left: 270,
  'up-left': 315,
};
const SIGNS: Readonly<Record<string, string>> = {
  home: 'M8 2 1.8 7.6l1 1.2L4 7.8V14h3v-3.6h2V14h3V7.8l1.2 1 1-1.2Z',
  in: 'M7 3h2v4h4v2H9v4H7V9H3V7h4Z',
  out: 'M3 7h10v2H3Z',
};

/** An arrow, turned by an attribute: the page's policy allows no styles in elements. */
function PtzSign({ name }: { readonly name: string }) {
  const turn = TURNS[name];
  return (
    <svg class="icon" viewBox="0 0 16 16" width="18" height="18" aria-hidden="true" focusable="false">
      {turn === undefined ? (
        <path d={SIGNS[name] ?? ''} />
      ) : (
        <path d="M8 1.5 13.4 7H9.5v7.5h-3V7H2.6Z" transform={`rotate(${turn} 8 8)`} />
      )}
    </svg>
  );
}
