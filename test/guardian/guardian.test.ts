import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { INSPECTOR_ENVIRONMENT, runIn } from './inspector.js';
import { litCount } from './watched-display.js';
import { WatchedService } from './watched-service.js';
import { eventually } from '../eventually.js';

const kill =
  (signal: NodeJS.Signals) =>
  ({ enginePid }: WatchedService): void =>
    void process.kill(enginePid, signal);

const run =
  (expression: string) =>
  (service: WatchedService): Promise<void> =>
    runIn(service.enginePid, () => service.output, expression);

const FAULTS: readonly (readonly [
  what: string,
  fault: (service: WatchedService) => void | Promise<void>,
  says: RegExp,
])[] = [
  ['is killed', kill('SIGKILL'), /SIGKILL/],
  ['stands still', kill('SIGSTOP'), /the engine hangs/],
  ['throws what nobody catches', run('throw new Error("nobody catches this")'), /nobody catches this/],
  // On a slow machine it is busy for so long with looking for memory that it is ended before it gives up.
  [
    'runs out of memory',
    run('const kept = []; for (;;) kept.push(new Array(100_000).fill({}))'),
    /SIGABRT|the engine hangs/,
  ],
  ['has an event loop that turns no more', run('for (;;);'), /the engine hangs/],
];

describe('the guardian', () => {
  let service: WatchedService;

  beforeEach(async () => {
    service = await WatchedService.start(INSPECTOR_ENVIRONMENT);
  }, 60_000);

  afterEach(() => service.close());

  it.each(FAULTS)(
    'shows the slate and starts the engine again when it %s; never two senders at once',
    async (_what, fault, says) => {
      const { display, readies } = service;
      const sendersBefore = display.senders.length;
      const first = display.senders.at(-1);
      await fault(service);
      await service.restarted(sendersBefore);
      const [slateSender, secondEngine] = display.senders.slice(sendersBefore);
      expect(new Set([first, slateSender, secondEngine]).size).toBe(3);
      const slates = display.frames.filter(({ senderPort }) => senderPort === slateSender);
      // Words on a dark ground, and the same from the first to the last.
      expect(litCount(slates[0])).toBeGreaterThan(100);
      for (const { pixels } of slates) expect(pixels.equals(slates[0]?.pixels ?? Buffer.alloc(0))).toBe(true);
      const framesThen = display.frames.length;
      await eventually(() => expect(display.frames.length).toBeGreaterThan(framesThen + 10));
      expect(display.senders.slice(sendersBefore)).toHaveLength(2);
      expect(readies[1]?.addresses).toEqual(readies[0]?.addresses);
      expect((await fetch(`${service.url}/healthz`)).status).toBe(200);
      expect(service.output).toMatch(says);
    },
    180_000,
  );
});
