import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { silentLogger } from '../../src/core/logger.js';
import { UrgentMessageEnd } from '../../src/engine/urgent-message-end.js';
import type { Engine } from '../../src/engine/engine.js';
import type { SwitcherCommand, SwitcherState } from '../../src/switcher/state.js';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

/** As much of an engine as decides about urgent messages. */
class MessageEngine extends EventEmitter {
  readonly given: { readonly atMs: number; readonly kind: string; readonly role: string }[] = [];
  message: SwitcherState['urgentMessage'] = null;

  state(): Pick<SwitcherState, 'urgentMessage'> {
    return { urgentMessage: this.message };
  }

  show(message: SwitcherState['urgentMessage']): void {
    this.message = message;
    this.emit('state', this.state());
  }

  execute({ kind }: SwitcherCommand, { actor }: { readonly actor: { readonly role: string } }): Promise<void> {
    this.given.push({ atMs: Date.now(), kind, role: actor.role });
    this.show(null);
    return Promise.resolve();
  }
}

function follow(engine: MessageEngine): UrgentMessageEnd {
  return new UrgentMessageEnd(engine as unknown as Engine, silentLogger);
}

it('ends a message exactly at its time, in the name of the service', async () => {
  const engine = new MessageEngine();
  const end = follow(engine);
  engine.show({ text: '请从西门离开', untilMs: 1_000_000 + 62_345 });
  await vi.advanceTimersByTimeAsync(62_344);
  expect(engine.given).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(engine.given).toEqual([{ atMs: 1_062_345, kind: 'end-urgent-message', role: 'system' }]);
  await end.close();
  expect(vi.getTimerCount()).toBe(0);
});

it('ends at once what was over while the service was down, and what a clock that was set has passed', async () => {
  const engine = new MessageEngine();
  engine.message = { text: '已过时', untilMs: 999_999 };
  const end = follow(engine);
  expect(engine.given).toHaveLength(1);
  engine.show({ text: '新消息', untilMs: 1_000_000 + 3_600_000 });
  vi.setSystemTime(1_000_000 + 7_200_000);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(engine.given).toHaveLength(2);
  await end.close();
});

it('lets the later of two messages have its own time', async () => {
  const engine = new MessageEngine();
  const end = follow(engine);
  engine.show({ text: '一', untilMs: 1_010_000 });
  engine.show({ text: '二', untilMs: 1_030_000 });
  await vi.advanceTimersByTimeAsync(29_999);
  expect(engine.given).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(engine.given).toHaveLength(1);
  await end.close();
});
