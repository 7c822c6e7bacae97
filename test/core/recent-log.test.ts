import { describe, expect, it } from 'vitest';
import { RecentLog } from '../../src/core/recent-log.js';
import { Redactor } from '../../src/core/secrets.js';
import { createLog } from '../../src/log.js';

const line = (level: number, msg: string, more: object = {}): string =>
  JSON.stringify({ level, time: '2026-11-26T02:00:00.000Z', ...more, msg });

describe('the latest lines of the log', () => {
  it('are as many as were asked for, newest first', () => {
    const log = new RecentLog(3);
    for (const text of ['one', 'two', 'three', 'four']) log.add(line(30, text));
    const messages = (limit: number): string[] =>
      log.find({ level: 'debug', text: null, limit }).map(({ message }) => message);
    expect(messages(10)).toEqual(['four', 'three', 'two']);
    expect(messages(2)).toEqual(['four', 'three']);
  });

  it('are found by how loud they are and by anything in them', () => {
    const log = new RecentLog();
    log.add(line(30, 'stream is live', { part: 'camera', camera: 'lobby' }));
    log.add(line(40, 'no stream from the camera', { part: 'camera', camera: 'tax', reason: 'timeout' }));
    log.add(line(60, 'the service could not start'));
    expect(log.find({ level: 'warn', text: null, limit: 10 }).map(({ level }) => level)).toEqual(['error', 'warn']);
    expect(log.find({ level: 'debug', text: 'TAX', limit: 10 })).toEqual([
      {
        atMs: Date.UTC(2026, 10, 26, 2),
        level: 'warn',
        part: 'camera',
        message: 'no stream from the camera',
        details: { camera: 'tax', reason: 'timeout' },
      },
    ]);
  });

  it('leave out what is no line, and the details of a line without end', () => {
    const log = new RecentLog();
    for (const text of ['', 'cut off {', '[]', '7', '{"level":30}', '{"level":"loud","time":"2026-11-26"}'])
      log.add(text);
    expect(log.find({ level: 'debug', text: null, limit: 10 })).toEqual([]);
    log.add(line(30, 'long', { answer: 'x'.repeat(10_000) }));
    expect(log.find({ level: 'debug', text: null, limit: 10 })).toMatchObject([{ message: 'long', details: {} }]);
  });

  it('are what the log wrote, without its secrets', () => {
    const redactor = new Redactor();
    redactor.add('hunter2-secret');
    const recent = new RecentLog();
    const log = createLog(redactor, recent);
    log.child({ part: 'camera' }).warn({ url: 'rtsp://viewer:hunter2-secret@192.0.2.1/' }, 'of a test');
    const found = recent.find({ level: 'warn', text: null, limit: 1 });
    expect(found).toMatchObject([{ part: 'camera', level: 'warn', message: 'of a test' }]);
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });
});
