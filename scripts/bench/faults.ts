import { cameraFaults } from './faults/camera-faults.js';
import { clientFaults } from './faults/client-faults.js';
import { countFaults } from './faults/count-faults.js';
import type { FaultRow } from './faults/fault.js';
import { FaultHall } from './faults/fault-hall.js';
import { lineFaults } from './faults/line-faults.js';
import { processFaults } from './faults/process-faults.js';
import { runFault } from './faults/run-fault.js';
import { serviceFaults } from './faults/service-faults.js';

const GROUPS = [processFaults, cameraFaults, lineFaults, countFaults, clientFaults, serviceFaults];
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
    const rows: (FaultRow & { readonly skipped?: string })[] = [];
    for (const fault of GROUPS.flatMap((group) => group(hall))) {
      if (CHOSEN !== null && !CHOSEN.some((part) => fault.name.includes(part))) continue;
      const row = 'skipped' in fault ? { ...NOT_MEASURED, ...fault } : await runFault(hall, fault);
      rows.push(row);
      print(describe(row));
    }
    return { faults: rows };
  } finally {
    await hall.close();
  }
}

const NOT_MEASURED = {
  missedTicks: null,
  longestGapMs: null,
  slateAfterMs: null,
  recoveredAfterMs: null,
  damagedMs: null,
  othersTouched: [],
  note: null,
};

function describe(row: FaultRow & { readonly skipped?: string }): string {
  const figures = [row.missedTicks, row.longestGapMs, row.slateAfterMs, row.recoveredAfterMs, row.damagedMs];
  const said = row.skipped === undefined ? row.note : `skipped: ${row.skipped}`;
  const others = row.othersTouched.join(' ') || '-';
  return line([row.name, ...figures.map((figure) => String(figure ?? '-')), others, said ?? '']);
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
