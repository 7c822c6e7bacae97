import { compose } from './compose.js';
import { faults } from './faults.js';
import { hall } from './hall.js';
import { latency } from './latency.js';
import { outputs } from './outputs.js';
import { pacing } from './pacing.js';
import { page } from './page.js';
import { take } from './take.js';

/** A benchmark prints lines for people and returns what goes into its JSON line. */
export type Benchmark = (print: (line: string) => void) => Promise<Record<string, unknown>>;

/** All benchmarks by name. */
export const benchmarks = { compose, take, pacing, latency, hall, page, outputs, faults } satisfies Record<
  string,
  Benchmark
>;

/** Whether there is a benchmark of this name. */
export function isBenchmarkName(name: string): name is keyof typeof benchmarks {
  return Object.hasOwn(benchmarks, name);
}
