import { z } from 'zod';
import { GlasshallError } from '../../core/errors.js';
import type { WallEngine } from '../engine.js';
import { answer } from '../queries.js';

const anyCommand = z.object({ command: z.string(), data: z.unknown().default({}), ifRevision: z.int().optional() });
/** As people and sensors write numbers; no `Infinity`, nothing empty. */
const decimal = z
  .string()
  .trim()
  .regex(/^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i)
  .transform(Number)
  .pipe(z.number());

/** A command as it came from the broker. */
export type MqttCommand = z.output<typeof anyCommand>;
/** What a sensor at the broker says of the place: how much light falls on it. */
export type MqttReading = { readonly lux: number };

/** What is kept at the broker: topic below the base → JSON text. Events are not kept: a kept alarm would be true for ever. */
export function stateTopics(engine: WallEngine): ReadonlyMap<string, string> {
  const wall = answer('GetWall', engine, {});
  const named = (id: string): { layout: string; name: string } => ({
    layout: id,
    name: wall.layouts.find((layout) => layout.id === id)?.name ?? id,
  });
  const values: [string, unknown][] = [
    ['wall/1/program/state', { ...named(wall.program), revision: wall.revision }],
    ['wall/1/preview/state', wall.studioMode ? named(wall.preview) : { layout: null, name: null }],
    ['wall/1/blackout/state', { on: wall.blackout, reason: wall.blackoutReason }],
    ['wall/1/freeze/state', { on: wall.freeze, reason: wall.freezeReason }],
    ['wall/1/ticker/state', { text: wall.tickerText }],
    ['wall/1/brightness/state', brightnessOf(engine)],
    ['wall/1/automation/state', wall.automation],
    ...engine
      .tiles()
      .map(({ camera, name, state, reason, lastLiveAtMs, slate, onAir }): [string, unknown] => [
        `camera/${camera}/state`,
        { name, state, reason, lastLiveAtMs, slate, onAir },
      ]),
    ...engine
      .counts()
      .map(({ id, state, reason, values: counted, readAtMs }): [string, unknown] => [
        `count/${id}/state`,
        { state, reason, values: counted, readAtMs },
      ]),
    ...engine
      .outputs()
      .map(({ output, type, reachability }): [string, unknown] => [
        `output/${output}/state`,
        { type, state: reachability.state, reason: reachability.reason },
      ]),
  ];
  return new Map(values.map(([topic, value]) => [topic, JSON.stringify(value)]));
}

/** Without what moves every second: the level on its way to the target. */
function brightnessOf(engine: WallEngine): unknown {
  const { targetPercent, wishPercent, reason, ceiling } = engine.brightness();
  return { percent: Math.round(targetPercent * 10) / 10, wishPercent, reason, ceilingPercent: ceiling.ceilingPercent };
}

type Reading = (payload: string, engine: WallEngine) => MqttCommand | MqttReading;

/** What a `…/set` topic means. */
const settings: Readonly<Record<string, Reading>> = {
  'wall/1/program/set': (payload, engine) => ({ command: 'set-program', data: { layout: layoutOf(payload, engine) } }),
  'wall/1/preview/set': (payload, engine) => ({ command: 'set-preview', data: { layout: layoutOf(payload, engine) } }),
  'wall/1/take/set': () => ({ command: 'take', data: {} }),
  'wall/1/undo/set': () => ({ command: 'undo', data: {} }),
  'wall/1/blackout/set': (payload) => ({ command: 'set-blackout', data: { on: onOf(payload) } }),
  'wall/1/freeze/set': (payload) => ({ command: 'set-freeze', data: { on: onOf(payload) } }),
  'wall/1/ticker/set': (payload) => ({ command: 'set-ticker', data: { text: payload } }),
  'wall/1/brightness/set': (payload) => ({ command: 'set-brightness', data: { percent: percentOf(payload) } }),
  'wall/1/tour/set': (payload) => ({ command: 'start-tour', data: { tour: payload } }),
  'wall/1/schedule/set': () => ({ command: 'follow-schedule', data: {} }),
  'wall/1/command/set': (payload) => commandOf(payload),
  'lux/set': (payload) => ({ lux: numberOf(payload, 'say how much light falls on the place, in lux: 1200') }),
};

/** Topics below the base at which commands and readings are taken. */
export const commandTopics: readonly string[] = Object.keys(settings);

/** What a message asks for. @throws GlasshallError `unknown-topic`, `bad-command` */
export function readMessage(topic: string, payload: string, engine: WallEngine): MqttCommand | MqttReading {
  const reading = Object.hasOwn(settings, topic) ? settings[topic] : undefined;
  if (reading === undefined) throw new GlasshallError('unknown-topic', `nothing is done at ${topic}`, { topic });
  return reading(payload, engine);
}

/** By id, or by the name that people choose from. */
function layoutOf(payload: string, engine: WallEngine): string {
  return engine.layouts().find(({ id, name }) => id === payload || name === payload)?.id ?? payload;
}

/** In per cent of full light; null: left to the schedule and the light. */
function percentOf(payload: string): number | null {
  return payload === 'AUTO' ? null : numberOf(payload, 'say a number of per cent, or AUTO');
}

function numberOf(payload: string, advice: string): number {
  const given = decimal.safeParse(payload);
  if (!given.success) throw new GlasshallError('bad-command', advice, { field: 'payload' });
  return given.data;
}

function onOf(payload: string): boolean {
  if (payload === 'ON' || payload === 'true') return true;
  if (payload === 'OFF' || payload === 'false') return false;
  throw new GlasshallError('bad-command', 'say ON or OFF', { field: 'payload' });
}

/** Any command of the desk: `{"command": "take", "data": {}, "ifRevision": 7}`. */
function commandOf(payload: string): MqttCommand {
  const given = anyCommand.safeParse(jsonOf(payload));
  if (given.success) return given.data;
  const [issue] = given.error.issues;
  const field = issue?.path.join('.') ?? '';
  throw new GlasshallError('bad-command', `${field}: ${issue?.message ?? ''}`, { field });
}

function jsonOf(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    throw new GlasshallError('bad-command', 'say {"command": "…", "data": {…}} as JSON', { field: 'payload' });
  }
}
