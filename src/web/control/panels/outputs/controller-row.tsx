import { useDesk } from '../../desk.js';
import { alarmWords, reasonWords } from '../../i18n/languages.js';
import type { Texts } from '../../i18n/languages.js';
import { Icon } from '../../parts/icon.js';
import type { IconName } from '../../parts/icon.js';
import type { Controller } from '../../state/hall.js';

const ICONS: Readonly<Record<Controller['state'], IconName>> = {
  waiting: 'quiet',
  answering: 'good',
  unconfirmed: 'quiet',
  unreadable: 'alarm',
  unreachable: 'alarm',
};

/** A controller of the screen: whether it answers, what it says, and in what it differs from what is wanted. */
export function ControllerRow({ controller }: { readonly controller: Controller }) {
  const { texts, current } = useDesk();
  const words = texts.value;
  const known = current.value;
  const { state, reason, reading, alarms } = controller;
  const isWrong = state === 'unreachable' || state === 'unreadable' || alarms.length > 0;
  return (
    <li class={`output is-${!known ? 'past' : isWrong ? 'unreachable' : 'reachable'}`}>
      <p class="output-head">
        <span class="output-id">{controller.controller}</span>
        <span class="output-type">{controller.type}</span>
      </p>
      <p class="output-state">
        <Icon name={!known ? 'quiet' : alarms.length > 0 ? 'alarm' : ICONS[state]} />
        <span>
          {known ? words.controllers.states[state] : words.link.before(words.controllers.states[state])}
          {reason !== null && ` · ${reasonWords(words, reason)}`}
        </span>
      </p>
      {alarms.map((alarm) => (
        <p key={alarm.code} class="output-state">
          {alarmWords(words, alarm)}
        </p>
      ))}
      {reading !== null && <p class="output-figures">{figuresOf(reading, words)}</p>}
      <p class="output-figures output-address">{controller.address}</p>
    </li>
  );
}

function figuresOf(reading: NonNullable<Controller['reading']>, { controllers: words, number }: Texts): string {
  const { black, freeze, brightnessPercent, cabinets, temperatureCelsius, voltageVolts, detail } = reading;
  return [
    detail,
    black === true ? words.black : null,
    freeze === true ? words.frozen : null,
    brightnessPercent === null ? null : words.brightness(number(Math.round(brightnessPercent))),
    cabinets === null ? null : words.cabinets(number(cabinets.ok), number(cabinets.total)),
    temperatureCelsius === null ? null : `${number(temperatureCelsius)} °C`,
    voltageVolts === null ? null : `${number(voltageVolts)} V`,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}
