import { allFaults } from './faults/all-faults.js';
import type { FaultRow } from './faults/fault.js';
import { FaultHall } from './faults/fault-hall.js';
import { leftOut, runFault } from './faults/run-fault.js';

/** Parts of names, separated by commas: only the faults that have one of them are made. */
const CHOSEN = process.env['GLASSHALL_BENCH_FAULTS']?.split(',') ?? null;

/**
 * Everything that can go wrong, one after the other, on a wall with seven cameras, a queue system and a screen. What a
 * fault did is read from the pixels that arrived at the screen. Each begins and ends with a hall in which all is well.
 */
export async function faults(print: (line: string) => void): Promise<Record<string, unknown>> {
  const hall = await FaultHall.start(print);
  try {
    print(line(['fault', 'missed', 'gap ms', 'slate ms', 'back ms', 'damaged', 'others', '']));
    const rows: FaultRow[] = [];
    for (const fault of allFaults) {
      if (CHOSEN !== null && !CHOSEN.some((part) => fault.name.includes(part))) continue;
      const row = (fault.needs?.isMet(hall) ?? true) ? await runFault(hall, fault) : leftOut(fault);
      rows.push(row);
      print(describe(row));
    }
    return { faults: rows };
  } finally {
    await hall.close();
  }
}

function describe(row: FaultRow): string {
  const figures = [row.missedTicks, row.longestGapMs, row.slateAfterMs, row.recoveredAfterMs, row.damagedMs];
  const others = row.othersTouched.join(' ') || '-';
  return line([row.name, ...figures.map((figure) => String(figure ?? '-')), others, row.note ?? '']);
}

function line([
  name = '',
  missed = '',
  gap = '',
  slate = '',
  back = '',
  damaged = '',
  others = '',
  said = '',
]: string[]): string {
  const columns = [
    name.padEnd(42),
    missed.padStart(6),
    gap.padStart(7),
    slate.padStart(9),
    back.padStart(8),
    damaged.padStart(8),
  ];
  return `${columns.join(' ')}  ${others.padEnd(8)} ${said}`.trimEnd();
}
