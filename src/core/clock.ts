/**
 * Milliseconds on the machine's monotonic clock, with fractions. The same in every thread and process of this machine,
 * untouched when somebody sets the system clock: ages and deadlines are computed with this one.
 */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
