import type { Actor } from '../audit/entry/wall-parts.js';
import type { Decided, Decision } from '../audit/entry/wall-shown.js';
import type { ShownAt } from '../audit/reading/shown-at.js';

/** A moment by this machine's clock and time zone: `2026-11-03 10:00:00+08:00`. */
export function localTime(atMs: number): string {
  const offset = -new Date(atMs).getTimezoneOffset();
  const local = new Date(atMs + offset * 60_000).toISOString();
  const two = (number: number): string => String(Math.floor(number)).padStart(2, '0');
  const sign = offset < 0 ? '-' : '+';
  const zone = `${sign}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`;
  return `${local.slice(0, 10)} ${local.slice(11, 19)}${zone}`;
}

const STATE_WORDS: Readonly<Record<ShownAt['state'], string>> = {
  shown: 'the wall showed:',
  ended: 'the service had ended. Before that, the wall showed:',
  unsure: 'NOT CERTAIN: entries are lost or damaged, or the service ended without a word. The last that is known:',
  unknown: 'nothing is known of this moment.',
};

/** What was on the wall, for people. */
export function wallLines(shown: ShownAt): string[] {
  const { atMs, state, wall, cells, slates, before, after } = shown;
  const lines = [`${localTime(atMs)}: ${STATE_WORDS[state]}`];
  if (state === 'unknown') return lines;
  const add = <Value>(what: string, held: Decided<Value> | null, words: (value: Value) => string | null): void => {
    const text = held === null ? null : words(held.value);
    if (held !== null && text !== null)
      lines.push(`${what.padEnd(12)}${text}, since ${localTime(held.sinceMs)}${by(held.decision)}`);
  };
  add('blackout', wall.blackout, ({ on, reason }) => (on ? `black on purpose${because(reason)}` : null));
  add('freeze', wall.freeze, ({ on, reason }) => (on ? `standing still on purpose${because(reason)}` : null));
  add('test pattern', wall.testPattern, ({ pattern }) => pattern);
  add('layout', wall.layout, ({ layout }) => `${layout.id} (${layout.name})`);
  add('changed', wall.cells, () => 'cells of this layout');
  for (const { cell, source, name, x, y, widthPx, heightPx } of cells) {
    lines.push(`  ${cell}: ${source}${name === null ? '' : ` (${name})`}, ${widthPx}×${heightPx} at ${x},${y}`);
  }
  for (const { camera, state: tile, reason, sinceMs } of slates) {
    lines.push(`${'slate'.padEnd(12)}${camera}: ${tile}${because(reason)}, since ${localTime(sinceMs)}`);
  }
  add('ticker', wall.ticker, ({ text }) => JSON.stringify(text));
  for (const { id, values, ageMs } of wall.counts?.counts ?? []) {
    const fields = Object.entries(values).map(([field, value]) => `${field} ${value ?? '—'}`);
    const age =
      ageMs === null ? 'never read' : `${Math.round(ageMs / 1_000)} s old at ${localTime(wall.counts?.atMs ?? 0)}`;
    lines.push(`${'counts'.padEnd(12)}${id}: ${fields.join(', ')} (${age})`);
  }
  add('brightness', wall.brightness, ({ percent }) => `${percent} %`);
  if (before !== null)
    lines.push(`by entry ${before.sequence} of ${localTime(before.atMs)}; the next is ${placeOf(after)}`);
  return lines;
}

function placeOf(entry: ShownAt['after']): string {
  return entry === null ? 'not there yet' : `${entry.sequence} of ${localTime(entry.atMs)}`;
}

function because(reason: string | null): string {
  return reason === null ? '' : ` (${reason})`;
}

function by(decision: Decision | null): string {
  if (decision === null) return '';
  const { command, actor } = decision;
  return actor === null ? ` (${command})` : ` (${command} by ${personWords(actor)})`;
}

function personWords({ name, role, via, from }: Actor): string {
  return `${name}, ${role}, ${via}${from === null ? '' : ` from ${from}`}`;
}
