import { afterEach, beforeEach, expect, test } from 'vitest';
import { openHall, type Hall } from './open-hall.js';

let hall: Hall;

beforeEach(async () => {
  hall = await openHall();
});

afterEach(async () => {
  await hall.close();
});

type Sample = { readonly name: string; readonly labels: Readonly<Record<string, string>>; readonly value: number };

/** Reads the Prometheus text exposition format 0.0.4, strictly. */
function parse(text: string): { readonly types: ReadonlyMap<string, string>; readonly samples: readonly Sample[] } {
  const types = new Map<string, string>();
  const samples: Sample[] = [];
  for (const line of text.split('\n').filter((candidate) => candidate !== '')) {
    const type = /^# TYPE ([a-zA-Z_:][\w:]*) (counter|gauge|histogram|summary|untyped)$/.exec(line);
    if (type !== null) types.set(type[1] ?? '', type[2] ?? '');
    if (line.startsWith('#')) continue;
    const sample = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line);
    if (sample === null) throw new Error(`not a sample: ${line}`);
    const labels = [...(sample[2] ?? '').matchAll(/([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g)];
    samples.push({
      name: sample[1] ?? '',
      labels: Object.fromEntries(labels.map((label) => [label[1] ?? '', label[2] ?? ''])),
      value: Number(sample[3]),
    });
  }
  return { types, samples };
}

async function scrape() {
  const response = await fetch(`${hall.url}/metrics`);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const { types, samples } = parse(await response.text());
  const value = (name: string, labels: Record<string, string> = {}): number | undefined =>
    samples.find(
      (sample) => sample.name === name && Object.entries(labels).every(([key, text]) => sample.labels[key] === text),
    )?.value;
  return { types, samples, value };
}

test('the names that others read are there, with their types and labels', async () => {
  const { types, value } = await scrape();
  expect(Object.fromEntries([...types].filter(([name]) => name.startsWith('glasshall_')))).toMatchObject({
    glasshall_wall_ticks_total: 'counter',
    glasshall_wall_missed_ticks_total: 'counter',
    glasshall_wall_tick_lateness_seconds: 'histogram',
    glasshall_tile_age_seconds: 'gauge',
    glasshall_camera_state: 'gauge',
    glasshall_output_frames_total: 'counter',
    glasshall_output_dropped_frames_total: 'counter',
    glasshall_take_seconds: 'histogram',
  });
  expect(value('glasshall_wall_ticks_total')).toBe(1_234);
  expect(value('glasshall_wall_missed_ticks_total')).toBe(5);
  expect(value('glasshall_output_frames_total', { output: 'screen' })).toBe(500);
  expect(value('glasshall_output_dropped_frames_total', { output: 'screen' })).toBe(2);
  expect(value('glasshall_camera_state', { camera: 'window-a', state: 'retrying' })).toBe(1);
  expect(value('glasshall_camera_state', { camera: 'window-a', state: 'live' })).toBe(0);
  expect(value('glasshall_camera_reason', { camera: 'window-a', reason: 'timeout' })).toBe(1);
  expect(value('glasshall_tile_age_seconds', { camera: 'lobby' })).toBe(0.04);
  expect(value('glasshall_tile_age_seconds', { camera: 'window-a' })).toBeUndefined();
  expect(value('glasshall_take_seconds_count', { kind: 'direct' })).toBe(0);
  expect(value('glasshall_controller_state', { controller: 'processor', state: 'answering' })).toBe(1);
  expect(value('glasshall_controller_state', { controller: 'processor', state: 'unreachable' })).toBe(0);
  expect(value('glasshall_controller_alarm', { controller: 'processor', code: 'black' })).toBe(1);
  expect(value('glasshall_controller_alarm', { controller: 'processor', code: 'freeze' })).toBeUndefined();
});

test('totals are read, not added up, so that asking twice says the same', async () => {
  await scrape();
  const { value } = await scrape();
  expect(value('glasshall_wall_ticks_total')).toBe(1_234);
  expect(value('glasshall_output_frames_total', { output: 'screen' })).toBe(500);
});

test('takes and late ticks are observed in seconds', async () => {
  hall.engine.emit('taken', { from: 'hall', to: 'windows', kind: 'prepared', fadeMs: 0, tick: 5, tookMs: 50 });
  hall.control.observeReport({ latenessMs: [0.2, 1.5, 30] });
  hall.control.observeReport({ latenessMs: [0.2] });
  const { value } = await scrape();
  expect(value('glasshall_take_seconds_count', { kind: 'prepared' })).toBe(1);
  expect(value('glasshall_take_seconds_sum', { kind: 'prepared' })).toBeCloseTo(0.05);
  expect(value('glasshall_wall_tick_lateness_seconds_count')).toBe(4);
  expect(value('glasshall_wall_tick_lateness_seconds_bucket', { le: '0.001' })).toBe(2);
  expect(value('glasshall_wall_tick_lateness_seconds_bucket', { le: '0.04' })).toBe(4);
});

test('what is refused is counted', async () => {
  await fetch(`${hall.url}/nothing`);
  await fetch(`${hall.url}/nothing`);
  const { value } = await scrape();
  expect(value('glasshall_control_refused_total', { kind: 'http', reason: 'not-found' })).toBe(2);
});
