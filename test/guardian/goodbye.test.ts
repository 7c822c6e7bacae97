import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isRunning, stillRunning } from '../end-to-end/service-process.js';
import { eventually } from '../eventually.js';
import { litCount } from './watched-display.js';
import { WatchedService } from './watched-service.js';

describe('the end of the service', () => {
  let service: WatchedService;

  beforeEach(async () => {
    service = await WatchedService.start({}, { atEnd: 'closed' });
  }, 60_000);

  afterEach(() => service.close());

  it('leaves the slate that says that the display is closed', async () => {
    const { display } = service;
    const live = display.frames.at(-1)?.pixels ?? Buffer.alloc(0);
    const ended = once(service.process, 'exit');
    service.process.kill('SIGTERM');
    expect((await ended)[0]).toBe(0);
    expect(isRunning(service.enginePid)).toBe(false);
    expect(display.frames.at(-1)?.pixels.equals(live)).toBe(false);
    expect(litCount(display.frames.at(-1))).toBeGreaterThan(100);
  }, 60_000);

  it('is the engine’s, not that of a signal meant for the whole group of processes', async () => {
    const { display } = service;
    const senders = display.senders.length;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(service.enginePid, signal);
    const frames = display.frames.length;
    await eventually(() => expect(display.frames.length).toBeGreaterThan(frames + 25));
    expect(service.readies).toHaveLength(1);
    expect(display.senders).toHaveLength(senders);
  }, 60_000);

  it('is said by the guardian itself when the engine hangs', async () => {
    const { display } = service;
    process.kill(service.enginePid, 'SIGSTOP');
    const senders = display.senders.length;
    const ended = once(service.process, 'exit');
    service.process.kill('SIGTERM');
    expect((await ended)[0]).toBe(0);
    expect(isRunning(service.enginePid)).toBe(false);
    expect(display.senders).toHaveLength(senders + 1);
    expect(litCount(display.frames.at(-1))).toBeGreaterThan(100);
  }, 60_000);

  it('is black where that is configured, whoever says it', async () => {
    await service.close();
    for (const hangs of [false, true]) {
      service = await WatchedService.start({}, { atEnd: 'black' });
      expect(litCount(service.display.frames.at(-1))).toBeGreaterThan(100);
      if (hangs) process.kill(service.enginePid, 'SIGSTOP');
      const ended = once(service.process, 'exit');
      service.process.kill('SIGTERM');
      await ended;
      expect(service.display.frames.at(-1)?.pixels.every((value) => value === 0)).toBe(true);
      await service.close();
    }
  }, 120_000);

  it('does not come with the guardian’s: the engine goes on and says so, and then obeys signals itself', async () => {
    const { display } = service;
    const senders = display.senders.length;
    const ended = once(service.process, 'exit');
    service.process.kill('SIGKILL');
    await ended;
    const frames = display.frames.length;
    await eventually(() => expect(display.frames.length).toBeGreaterThan(frames + 25));
    expect(display.senders).toHaveLength(senders);
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toMatch(/^glasshall_guardian_up 0$/m);
    const health = await fetch(`${service.url}/healthz`);
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({ guardian: false });
    expect(service.output).toContain('the guardian is gone');
    process.kill(service.enginePid, 'SIGTERM');
    expect(await stillRunning([service.enginePid], 10_000)).toEqual([]);
    expect(display.senders).toHaveLength(senders);
    expect(litCount(display.frames.at(-1))).toBeGreaterThan(100);
  }, 60_000);
});
