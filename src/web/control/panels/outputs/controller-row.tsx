import { useDesk } from '../../desk.js';
import { alarmWords, durationWords, reasonWords, wordsFor } from '../../i18n/languages.js';
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

/** A controller of the screen: whether it answers, what is wanted of it against what it says, and what to do where the two differ. */
export function ControllerRow({ controller }: { readonly controller: Controller }) {
  const { texts, current } = useDesk();
  const words = texts.value;
  const known = current.value;
  const { state, reason, alarms, repairs, outputs } = controller;
  const isWrong = state === 'unreachable' || state === 'unreadable' || alarms.length > 0;
  return (
    <li class={`output is-${!known ? 'past' : isWrong ? 'unreachable' : 'reachable'}`}>
      <p class="output-head">
        <span class="output-id">{controller.controller}</span>
        <span class="output-type">{wordsFor(words.controllers.types, controller.type) ?? controller.type}</span>
        {outputs.length > 0 && <span class="panel-note">{words.controllers.of(outputs.join(' · '))}</span>}
      </p>
      <p class="output-state">
        <Icon name={!known ? 'quiet' : alarms.length > 0 ? 'alarm' : ICONS[state]} />
        <span>
          {known ? words.controllers.states[state] : words.link.before(words.controllers.states[state])}
          {reason !== null && ` · ${reasonWords(words, reason)}`}
        </span>
      </p>
      {alarms.map((alarm) => (
        <Alarm key={alarm.code} alarm={alarm} />
      ))}
      <Comparison controller={controller} />
      <p class="output-address">
        <code>{controller.address}</code>
        {repairs > 0 && <span>{words.controllers.repairs(words.number(repairs))}</span>}
      </p>
    </li>
  );
}

function Alarm({ alarm }: { readonly alarm: Controller['alarms'][number] }) {
  const { texts, serverNow } = useDesk();
  const words = texts.value;
  const forMs = serverNow() - alarm.sinceMs;
  return (
    <div class="controller-alarm">
      <Icon name="alarm" />
      <p>
        <strong>{alarmWords(words, alarm)}</strong> · {words.controllers.since(durationWords(words, forMs))}
        <span>{wordsFor(words.controllers.advice, alarm.code)}</span>
      </p>
    </div>
  );
}

type Line = { readonly name: string; readonly wanted: string; readonly reported: string; readonly differs: boolean };

function Comparison({ controller }: { readonly controller: Controller }) {
  const { texts } = useDesk();
  const words = texts.value.controllers;
  if (controller.reading === null) return null;
  return (
    <table class="controller-table">
      <thead>
        <tr>
          <th scope="col">
            <span class="visually-hidden">{words.what}</span>
          </th>
          <th scope="col">{words.wanted}</th>
          <th scope="col">{words.reported}</th>
        </tr>
      </thead>
      <tbody>
        {linesOf(controller, controller.reading, texts.value).map(({ name, wanted, reported, differs }) => (
          <tr key={name} class={differs ? 'is-different' : ''}>
            <th scope="row">{name}</th>
            <td>{wanted}</td>
            <td>
              {differs && <Icon name="alarm" />}
              {reported}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What can be compared, then what is only told. A dash where the controller cannot tell, or nothing is wanted. */
function linesOf(
  { wanted, alarms }: Controller,
  reading: NonNullable<Controller['reading']>,
  texts: Texts,
): readonly Line[] {
  const { controllers: words, number } = texts;
  const has = (...codes: readonly Controller['alarms'][number]['code'][]): boolean =>
    alarms.some(({ code }) => codes.includes(code));
  const { black, freeze, testPicture, brightnessPercent, cabinets, temperatureCelsius, voltageVolts, link, input } =
    reading;
  const shown = black === true ? words.pictures.black : freeze === true ? words.pictures.freeze : words.pictures.normal;
  const percent = (value: number | null): string => (value === null ? '—' : `${number(Math.round(value))}%`);
  const lines: readonly (Line | null)[] = [
    {
      name: words.picture,
      wanted: words.pictures[wanted.picture],
      reported: testPicture === true ? words.pictures.test : black === null && freeze === null ? '—' : shown,
      differs: has('black', 'freeze', 'test-picture'),
    },
    {
      name: words.brightnessName,
      wanted: percent(wanted.brightnessPercent),
      reported: percent(brightnessPercent),
      differs: has('brightness'),
    },
    cabinets === null
      ? null
      : {
          name: words.cabinetsName,
          wanted: number(cabinets.total),
          reported: number(cabinets.ok),
          differs: has('cabinets'),
        },
    input === null
      ? null
      : {
          name: words.input,
          wanted: words.signal,
          reported: input.hasSignal ? (input.name ?? words.signal) : words.noSignal,
          differs: has('input'),
        },
    link === null
      ? null
      : { name: words.link, wanted: words.linked, reported: link ? words.linked : words.cut, differs: has('link') },
    temperatureCelsius === null
      ? null
      : {
          name: words.temperature,
          wanted: '—',
          reported: `${number(temperatureCelsius)} °C`,
          differs: has('temperature'),
        },
    voltageVolts === null
      ? null
      : { name: words.voltage, wanted: '—', reported: `${number(voltageVolts)} V`, differs: has('voltage') },
  ];
  return lines.filter((line) => line !== null);
}
