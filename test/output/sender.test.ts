import { describe, expect, it } from 'vitest';
import { silentLogger, type Logger } from '../../src/core/logger.js';
import type { OutputReport } from '../../src/output/channel.js';
import { Sender } from '../../src/output/sender.js';
import { FRAME, run, ScriptedDriver, senderOf } from './scripted-driver.js';

describe('sender', () => {
  it('spreads a frame over 40 % of the tick in even slices, in order and complete', () => {
    const journal: string[] = [];
    const sender = senderOf([new ScriptedDriver('a', 1_000, journal)]);
    sender.offer(FRAME, 100);
    const slices = run(sender, journal, 100);
    expect(journal).toEqual(Array.from({ length: 1_000 }, (_, part) => `a${part}`));
    // 40 % of 40 ms, a slice a millisecond.
    expect(slices).toHaveLength(16);
    expect(Math.max(...slices)).toBeLessThanOrEqual(65);
    expect(sender.reports()[0]).toMatchObject({ frames: 1, droppedFrames: 0, packets: 1_000 });
  });

  it('does not keep a small frame back', () => {
    const journal: string[] = [];
    const sender = senderOf([new ScriptedDriver('a', 1, journal)]);
    sender.offer(FRAME, 100);
    expect(run(sender, journal, 100)).toEqual([1]);
  });

  it('interleaves outputs and hands out all last parts together, when everything else is out', () => {
    const journal: string[] = [];
    const sender = senderOf([
      new ScriptedDriver('a', 400, journal),
      new ScriptedDriver('b', 7, journal),
      new ScriptedDriver('c', 1, journal),
    ]);
    sender.offer(FRAME, 0);
    run(sender, journal, 0);
    expect(journal.slice(-3)).toEqual(['a399', 'b6', 'c0']);
    expect(journal).toHaveLength(408);
    expect(journal.indexOf('b0')).toBeLessThan(journal.indexOf('a300'));
  });

  it('catches up after a late slice without a burst', () => {
    const journal: string[] = [];
    const sender = senderOf([new ScriptedDriver('a', 1_000, journal)]);
    sender.offer(FRAME, 0);
    const slices = run(sender, journal, 9);
    // Nine sixteenths are due at once; three slices' worth goes out at a time.
    expect(slices[0]).toBe(188);
    expect(journal).toHaveLength(1_000);
  });

  it('sends what is left of an overdue frame before the next one', () => {
    const journal: string[] = [];
    const sender = senderOf([new ScriptedDriver('a', 1_000, journal)]);
    sender.offer(FRAME, 0);
    sender.handOut(30);
    expect(journal).toHaveLength(1_000);
  });

  it('sends a silent output two seconds of last frames, then nothing, and the others everything', async () => {
    const journal: string[] = [];
    const [rests, shines] = [new ScriptedDriver('a', 1, journal), new ScriptedDriver('b', 1, journal)];
    const sender = senderOf([rests, shines]);
    let nowMs = 0;
    const ticks = (count: number): string[] => {
      journal.length = 0;
      for (; count > 0; count -= 1, nowMs += 40) {
        sender.offer(FRAME, nowMs);
        run(sender, [], nowMs);
      }
      return [...journal];
    };
    const sentTo = (id: string, all: readonly string[]): number => all.filter((part) => part === `${id}0`).length;
    sender.setSilent(['a']);
    const first = ticks(60);
    expect([sentTo('a', first), sentTo('b', first)]).toEqual([50, 60]);
    // Said again, also because outputs were replaced, it does not begin anew.
    sender.setSilent(['a']);
    expect(sentTo('a', ticks(10))).toBe(0);
    expect(sender.reports()).toMatchObject([
      { frames: 50, droppedFrames: 0 },
      { frames: 70, droppedFrames: 0 },
    ]);
    sender.setSilent([]);
    expect(sentTo('a', ticks(10))).toBe(10);
    await sender.close();
    expect(rests.closed).toBe(1);
  });

  it('drops a frame for an output that is still busy with the last one, and for that one only', () => {
    const journal: string[] = [];
    const slow = new ScriptedDriver('a', 100, journal);
    const fast = new ScriptedDriver('b', 100, journal);
    const sender = senderOf([slow, fast]);
    sender.offer(FRAME, 0);
    sender.handOut(0);
    slow.busy = true;
    run(sender, journal, 1, 40);
    expect(sender.reports()).toMatchObject([{ frames: 0 }, { frames: 1 }]);
    sender.offer(FRAME, 40);
    run(sender, journal, 40, 80);
    slow.busy = false;
    sender.offer(FRAME, 80);
    run(sender, journal, 80);
    expect(sender.reports()).toMatchObject([
      { frames: 1, droppedFrames: 2, packets: 100 },
      { frames: 3, droppedFrames: 0, packets: 300 },
    ]);
    sender.offer(FRAME, 120);
    run(sender, journal, 120);
    expect(sender.reports()).toMatchObject([{ frames: 2, droppedFrames: 2 }, { frames: 4 }]);
  });

  it('keeps what a driver throws away from the others, logs it once and takes the driver back when it works again', () => {
    const journal: string[] = [];
    const logged: string[] = [];
    const log: Logger = { ...silentLogger, error: (_details, message) => logged.push(message), child: () => log };
    const seen: OutputReport[] = [];
    const bad = new ScriptedDriver('a', 3, journal);
    const sender = senderOf([bad, new ScriptedDriver('b', 3, journal)], (report) => seen.push(report), log);
    for (const [index, fault] of (['prepare', 'prepare', 'send', 'send'] as const).entries()) {
      bad.throwsOn = fault;
      sender.offer(FRAME, index * 40);
      run(sender, journal, index * 40);
    }
    expect(sender.reports()).toMatchObject([
      { frames: 0, droppedFrames: 4 },
      { frames: 4, droppedFrames: 0 },
    ]);
    expect(logged).toHaveLength(1);
    expect(seen.map(({ reachability }) => reachability)).toEqual([{ state: 'unreachable', reason: 'driver-failed' }]);
    bad.throwsOn = null;
    sender.offer(FRAME, 400);
    run(sender, journal, 400);
    expect(sender.reports()[0]).toMatchObject({ frames: 1 });
  });

  it('asks devices at once, tells of a change once, and closes every output once', async () => {
    const seen: OutputReport[] = [];
    const driver = new ScriptedDriver('a', 3, []);
    driver.answers = [{ state: 'reachable', reason: null }];
    const sender = senderOf([driver], (report) => seen.push(report));
    expect(sender.reports()[0]?.reachability).toEqual({ state: 'unconfirmed', reason: 'not-asked' });
    await sender.start();
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen.map(({ id, reachability }) => [id, reachability.state])).toEqual([['a', 'reachable']]);
    await Promise.all([sender.close(), sender.close()]);
    expect(driver.closed).toBe(1);
    const { probes } = driver;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(driver.probes).toBe(probes);
  });
});

describe('sender: other outputs', () => {
  const channelOf = (driver: ScriptedDriver): ConstructorParameters<typeof Sender>[0][number] => ({
    id: driver.id,
    driver,
    log: silentLogger,
    onReachability: () => undefined,
  });

  it('go on undisturbed where they stay, say goodbye where they leave, and begin where they are new', async () => {
    const journal: string[] = [];
    const [stays, leaves, comes] = ['stays', 'leaves', 'comes'].map((id) => new ScriptedDriver(id, 1, journal));
    if (stays === undefined || leaves === undefined || comes === undefined) throw new Error('three drivers');
    const staying = channelOf(stays);
    const sender = new Sender([staying, channelOf(leaves)], { framesPerSecond: 25 });
    await sender.start();
    sender.offer(FRAME, 0);
    run(sender, journal, 0);
    await sender.replace([channelOf(comes), staying]);
    expect([stays.closed, leaves.closed, comes.closed]).toEqual([0, 1, 0]);
    expect(leaves.goodbye).toBe('black');
    journal.length = 0;
    sender.offer(FRAME, 40);
    run(sender, journal, 40);
    expect(journal.sort()).toEqual(['comes0', 'stays0']);
    expect(sender.reports().map(({ id, frames }) => [id, frames])).toEqual([
      ['comes', 1],
      ['stays', 2],
    ]);
    await sender.close('silent');
    expect([stays.goodbye, comes.goodbye]).toEqual(['silent', 'silent']);
  });
});
