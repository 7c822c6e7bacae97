import { z } from 'zod';
import { GlasshallError } from '../../core/errors.js';
import type { WallEngine } from '../engine.js';
import { answer } from '../queries.js';

const anyCommand = z.object({ command: z.string(), data: z.unknown().default({}), ifRevision: z.int().optional() });

/** A command as it came from the broker. */
export type MqttCommand = z.output<typeof anyCommand>;

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

type Reading = (payload: string, engine: WallEngine) => MqttCommand;

/** What a `…/set` topic means. */
const settings: Readonly<Record<string, Reading>> = {
  'wall/1/program/set': (payload, engine) => ({ command: 'set-program', data: { layout: layoutOf(payload, engine) } }),
  'wall/1/preview/set': (payload, engine) => ({ command: 'set-preview', data: { layout: layoutOf(payload, engine) } }),
  'wall/1/take/set': () => ({ command: 'take', data: {} }),
  'wall/1/undo/set': () => ({ command: 'undo', data: {} }),
  'wall/1/blackout/set': (payload) => ({ command: 'set-blackout', data: { on: onOf(payload) } }),
  'wall/1/freeze/set': (payload) => ({ command: 'set-freeze', data: { on: onOf(payload) } }),
  'wall/1/ticker/set': (payload) => ({ command: 'set-ticker', data: { text: payload } }),
  'wall/1/tour/set': (payload) => ({ command: 'start-tour', data: { tour: payload } }),
  'wall/1/schedule/set': () => ({ command: 'follow-schedule', data: {} }),
  'wall/1/command/set': (payload) => commandOf(payload),
};

/** Topics below the base at which commands are taken. */
export const commandTopics: readonly string[] = Object.keys(settings);

/** What a message asks for. @throws GlasshallError `unknown-topic`, `bad-command` */
export function commandOfMessage(topic: string, payload: string, engine: WallEngine): MqttCommand {
  const reading = Object.hasOwn(settings, topic) ? settings[topic] : undefined;
  if (reading === undefined) throw new GlasshallError('unknown-topic', `nothing is done at ${topic}`, { topic });
  return reading(payload, engine);
}

/** By id, or by the name that people choose from. */
function layoutOf(payload: string, engine: WallEngine): string {
  return engine.layouts().find(({ id, name }) => id === payload || name === payload)?.id ?? payload;
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
