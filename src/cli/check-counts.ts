import { silentLogger } from '../core/logger.js';
import { CountBoard } from '../counts/count-board.js';
import type { CountReading } from '../counts/count.js';
import type { CountOptions } from '../counts/options.js';
import { reasonWords, type Verdict } from './verdict.js';

/** Asks every queue system once. Those that bring their counts themselves cannot be asked. */
export async function checkCounts(counts: readonly CountOptions[], deadline: AbortSignal): Promise<Verdict[]> {
  const asked = counts.filter((count) => count.type !== 'push');
  const board = CountBoard.start({ counts: asked, log: silentLogger });
  try {
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (deadline.aborted || board.readings().every(({ state }) => state !== 'waiting')) resolve();
      };
      board.on('reading', look);
      deadline.addEventListener('abort', look);
      look();
    });
    const readings = board.readings();
    return counts.map((count) => judge(count, readings.find(({ id }) => id === count.id) ?? null));
  } finally {
    await board.close();
  }
}

function judge(count: CountOptions, reading: CountReading | null): Verdict {
  const source = { device: 'counts', id: count.id } as const;
  if (reading === null) {
    return { ...source, state: 'unsure', message: 'waits for its counts: PUT /api/v1/counts/' + count.id, mend: null };
  }
  if (reading.reason !== null || reading.state !== 'fresh') {
    const empty = Object.entries(reading.values).flatMap(([field, value]) => (value === null ? [field] : []));
    const words = reasonWords(reading.reason ?? 'timeout');
    const which =
      reading.state === 'fresh' && empty.length > 0 ? `${words.message}: ${empty.join(', ')}` : words.message;
    return { ...source, state: 'wrong', message: which, mend: words.mend };
  }
  const values = Object.entries(reading.values).map(([field, value]) => `${field} ${String(value)}`);
  return { ...source, state: 'well', message: values.join(', '), mend: null };
}
