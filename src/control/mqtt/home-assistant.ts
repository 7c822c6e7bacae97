import type { WallEngine } from '../engine.js';

type Component = {
  readonly kind: 'number' | 'select' | 'switch' | 'button' | 'text' | 'binary_sensor' | 'sensor';
  readonly id: string;
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
};

/**
 * What Home Assistant is told so that the wall appears by itself: topic → JSON text, to be kept at the broker.
 * Source: Home Assistant, "MQTT Discovery", one component a topic: `PREFIX/COMPONENT/NODE/OBJECT/config`.
 * @param prefix where Home Assistant listens, normally `homeassistant`
 * @param base of our own topics
 */
export function discoveryTopics(engine: WallEngine, prefix: string, base: string): ReadonlyMap<string, string> {
  const node = nodeOf(base);
  const device = { identifiers: [node], name: engine.wall.name, manufacturer: 'glasshall', model: 'LED wall' };
  const availability = { availability_topic: `${base}/available` };
  return new Map(
    componentsOf(engine, `${base}/`).map(({ kind, id, name, fields }) => [
      `${prefix}/${kind}/${node}/${id}/config`,
      JSON.stringify({ name, unique_id: `${node}_${id}`, device, ...availability, ...fields }),
    ]),
  );
}

/** Where everything stands that Home Assistant was ever told of this wall, as a filter to subscribe to. */
export function introductionFilter(prefix: string, base: string): string {
  return `${prefix}/+/${nodeOf(base)}/+/config`;
}

function nodeOf(base: string): string {
  return base.replaceAll('/', '_');
}

function componentsOf(engine: WallEngine, base: string): readonly Component[] {
  const options = engine.layouts().map(({ name }) => name);
  const state = (path: string): Readonly<Record<string, unknown>> => ({ state_topic: `${base}${path}/state` });
  const select = (id: string, name: string): Component => ({
    kind: 'select',
    id,
    name,
    fields: {
      ...state(`wall/1/${id}`),
      command_topic: `${base}wall/1/${id}/set`,
      value_template: '{{ value_json.name }}',
      options,
    },
  });
  const toggle = (id: string, name: string): Component => ({
    kind: 'switch',
    id,
    name,
    fields: {
      ...state(`wall/1/${id}`),
      command_topic: `${base}wall/1/${id}/set`,
      value_template: "{{ 'ON' if value_json.on else 'OFF' }}",
    },
  });
  const button = (id: string, name: string): Component => ({
    kind: 'button',
    id,
    name,
    fields: { command_topic: `${base}wall/1/${id}/set` },
  });
  const trouble = (id: string, name: string, path: string, condition: string): Component => ({
    kind: 'binary_sensor',
    id,
    name,
    fields: {
      ...state(path),
      device_class: 'problem',
      value_template: `{{ 'ON' if value_json.state ${condition} else 'OFF' }}`,
      json_attributes_topic: `${base}${path}/state`,
    },
  });
  return [
    select('program', '播出 Program'),
    select('preview', '预监 Preview'),
    toggle('blackout', '黑场 Blackout'),
    toggle('freeze', '冻结 Freeze'),
    button('take', '直切 Cut'),
    button('undo', '撤销 Undo'),
    button('schedule', '按日程 Schedule'),
    {
      kind: 'text',
      id: 'ticker',
      name: '滚动字幕 Ticker',
      fields: {
        ...state('wall/1/ticker'),
        command_topic: `${base}wall/1/ticker/set`,
        // Longer states than 255 characters are not kept there.
        value_template: '{{ value_json.text[:255] }}',
        max: 255,
      },
    },
    {
      kind: 'number',
      id: 'brightness',
      name: '亮度 Brightness',
      fields: {
        ...state('wall/1/brightness'),
        command_topic: `${base}wall/1/brightness/set`,
        value_template: '{{ value_json.percent }}',
        unit_of_measurement: '%',
        min: 0,
        max: 100,
        step: 1,
      },
    },
    {
      kind: 'button',
      id: 'brightness_automatic',
      name: '亮度自动 Brightness by itself',
      fields: { command_topic: `${base}wall/1/brightness/set`, payload_press: 'AUTO' },
    },
    ...engine.tiles().map(({ camera, name }) => trouble(`camera_${camera}`, name, `camera/${camera}`, "!= 'live'")),
    ...engine
      .outputs()
      .map(({ output }) => trouble(`output_${output}`, output, `output/${output}`, "== 'unreachable'")),
    ...engine.counts().map(({ id }): Component => ({
      kind: 'sensor',
      id: `count_${id}`,
      name: id,
      fields: {
        ...state(`count/${id}`),
        value_template: '{{ value_json.state }}',
        json_attributes_topic: `${base}count/${id}/state`,
      },
    })),
  ];
}
