import type { Drawing } from './drawing.js';

/** A drawing, what it was before, and what was taken back. */
export type History = {
  readonly past: readonly Drawing[];
  readonly present: Drawing;
  readonly future: readonly Drawing[];
  /** What the latest step was about; more of the same is one step. */
  readonly topic: string | null;
};

const MOST_STEPS = 200;

/** Begins with a drawing, and nothing to take back. */
export function historyOf(present: Drawing): History {
  return { past: [], present, future: [], topic: null };
}

/**
 * One step further; nothing where nothing changed.
 * @param topic steps of the same topic, one right after the other, are taken back together; null for a step by itself
 */
export function record(history: History, next: Drawing, topic: string | null = null): History {
  const { past, present } = history;
  if (next === present || JSON.stringify(next) === JSON.stringify(present)) return history;
  const isMore = topic !== null && topic === history.topic;
  return { past: isMore ? past : [...past, present].slice(-MOST_STEPS), present: next, future: [], topic };
}

/** What was there before the latest step. */
export function undo(history: History): History {
  const previous = history.past.at(-1);
  if (previous === undefined) return history;
  const { past, present, future } = history;
  return { past: past.slice(0, -1), present: previous, future: [present, ...future], topic: null };
}

/** The step that was taken back last, again. */
export function redo(history: History): History {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future, topic: null };
}
