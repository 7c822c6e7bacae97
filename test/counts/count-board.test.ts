import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src/core/closing.js';
import { GlasshallError } from '../../src/core/errors.js';
import { silentLogger } from '../../src/core/logger.js';
import { CountBoard } from '../../src/counts/count-board.js';
import type { CountReading } from '../../src/counts/count.js';
import type { SourceOutcome } from '../../src/counts/count-source.js';
import { type CountOptions, countOptions } from '../../src/counts/options.js';
import { countSources, type CountType, createCountSource } from '../../src/counts/registry.js';
import { startServer } from './servers.js';

let closing = new CloseStack();
afterEach(async () => {
  await closing.close();
  closing = new CloseStack();
});

function boardOf(...counts: object[]): CountBoard {
  return closing.add(CountBoard.start({ counts: counts.map((count) => countOptions.parse(count)), log: silentLogger }));
}

function codeOf(action: () => void): unknown {
  try {
    action();
  } catch (failure) {
    return failure instanceof GlasshallError ? { code: failure.code, ...failure.parameters } : failure;
  }
  return 'nothing thrown';
}

describe('counts that are pushed', () => {
  it('wait, are fresh at once, and are taken back when they are too old', async () => {
    const board = boardOf({ id: 'hall', type: 'push', staleAfter: '300ms', fields: ['waiting', 'done'] });
    const emitted: CountReading[] = [];
    board.on('reading', (reading) => emitted.push(reading));
    expect(board.readings()).toEqual([
      { id: 'hall', state: 'waiting', reason: null, values: { waiting: null, done: null }, readAtMs: null },
    ]);
    board.push('hall', { waiting: 4, done: 812, other: 'x' });
    expect(board.readings()[0]).toMatchObject({ state: 'fresh', reason: null, values: { waiting: 4, done: 812 } });
    while (emitted.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(emitted[1]).toMatchObject({ state: 'stale', values: { waiting: null, done: null } });
    expect(board.readings()[0]).toEqual(emitted[1]);
  });

  it('stay fresh as long as they keep coming, without being told again', async () => {
    const board = boardOf({ id: 'hall', type: 'push', staleAfter: '1s' });
    const emitted: CountReading[] = [];
    board.on('reading', (reading) => emitted.push(reading));
    for (let index = 0; index < 15; index++) {
      board.push('hall', { waiting: 4 });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(emitted.map(({ state }) => state)).toEqual(['fresh']);
  });

  it('without a list, take every number and text', () => {
    const board = boardOf({ id: 'hall', type: 'push' });
    board.push('hall', { ticketsToServe: 3, label: 'A01', open: true, nested: {}, none: null });
    expect(board.readings()[0]?.values).toEqual({ ticketsToServe: 3, label: 'A01' });
  });

  it('with a list, say which field is missing by showing nothing there', () => {
    const board = boardOf({ id: 'hall', type: 'push', fields: ['waiting', 'done'] });
    board.push('hall', { waiting: 3 });
    expect(board.readings()[0]).toMatchObject({
      state: 'fresh',
      reason: 'field-missing',
      values: { waiting: 3, done: null },
    });
  });

  it.each([
    ['a number that is none', { waiting: Number.NaN }, { reason: 'bad-value', field: 'waiting' }],
    ['infinity', { waiting: Number.POSITIVE_INFINITY }, { reason: 'bad-value', field: 'waiting' }],
    ['a negative number', { waiting: -1 }, { reason: 'bad-value', field: 'waiting' }],
    ['an object', { waiting: { n: 1 } }, { reason: 'bad-value', field: 'waiting' }],
    ['a long text', { waiting: 'x'.repeat(65) }, { reason: 'bad-value', field: 'waiting' }],
    ['an empty text', { waiting: ' ' }, { reason: 'bad-value', field: 'waiting' }],
    ['none of the fields', { other: 1 }, { reason: 'field-missing', field: 'waiting' }],
    ['an array', [1, 2], { reason: 'not-an-object', field: null }],
    ['a number', 7, { reason: 'not-an-object', field: null }],
    ['null', null, { reason: 'not-an-object', field: null }],
  ])('refuse %s and keep what was there', (_, values, parameters) => {
    const board = boardOf({ id: 'hall', type: 'push', fields: ['waiting'] });
    board.push('hall', { waiting: 1 });
    expect(codeOf(() => board.push('hall', values))).toEqual({ code: 'bad-count', ...parameters });
    expect(board.readings()[0]?.values).toEqual({ waiting: 1 });
  });

  it('refuse a source that is not there, and one that fetches', async () => {
    const server = closing.add(await startServer((_, response) => response.end('{}')));
    const board = boardOf({ id: 'queue', type: 'http', url: server.url, fields: { n: '$.n' } });
    expect(codeOf(() => board.push('nobody', { n: 1 }))).toEqual({ code: 'unknown-count', id: 'nobody' });
    expect(codeOf(() => board.push('queue', { n: 1 }))).toEqual({ code: 'not-pushable', id: 'queue' });
  });
});

describe('options', () => {
  it.each(['$.a[', 'a', '$..', '$.a[?(@.b=1)]', ''])('refuse %j, which is no JSONPath', (path) => {
    const parsed = countOptions.safeParse({ id: 'q', type: 'http', url: 'http://127.0.0.1/', fields: { n: path } });
    expect(parsed.success).toBe(false);
  });
});

/** The contract of every kind of source: what it must do however it comes to its values. */
describe.each(Object.keys(countSources) as CountType[])('the source %s', (type) => {
  async function optionsFor(): Promise<CountOptions> {
    const server = closing.add(await startServer((_, response) => response.end('{"n":41}')));
    const examples: Readonly<Record<CountType, object>> = {
      http: { id: 'c', type: 'http', url: server.url, every: '100ms', fields: { n: '$.n' } },
      push: { id: 'c', type: 'push', fields: ['n'] },
    };
    return countOptions.parse(examples[type]);
  }

  it('names its fields, reports an answer, and is silent once it is closed', async () => {
    const outcomes: SourceOutcome[] = [];
    const source = createCountSource(await optionsFor(), { report: (outcome) => outcomes.push(outcome) });
    expect(source.fields).toEqual(['n']);
    source.start();
    source.push?.({ n: 41 });
    while (outcomes.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(outcomes[0]).toEqual({ kind: 'answer', values: { n: 41 }, reason: null });
    await source.close();
    await source.close();
    const reported = outcomes.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(outcomes.length).toBe(reported);
  });

  it('closes without ever having begun', async () => {
    await createCountSource(await optionsFor(), { report: () => undefined }).close();
  });
});
