import type { LineFault } from '../fault-proxy.js';
import { type Fault, type FaultGroup, nothing } from './fault.js';
import { FOREIGN } from './fault-hall.js';

/** Far less than the stream needs. */
const SLOW_BYTES_PER_SECOND = 4_000;

/** The line to a camera whose server we did not write. */
export const lineFaults: FaultGroup = ({ foreign }) => {
  const faults: readonly (readonly [name: string, fault: LineFault, expectsSlate: boolean])[] = [
    ['GStreamer: black hole', { kind: 'black-hole' }, true],
    ['GStreamer: RTCP alive, video dead', { kind: 'no-video' }, true],
    ['GStreamer: connection refused', { kind: 'refuse' }, true],
    ['GStreamer: corrupted bytes', { kind: 'corrupt' }, false],
    ['GStreamer: line too slow', { kind: 'slow', bytesPerSecond: SLOW_BYTES_PER_SECOND }, true],
  ];
  if (foreign === null) return faults.map(([name]) => ({ name, skipped: 'GStreamer is not installed' }));
  return faults.map(([name, fault, expectsSlate]): Fault => ({
    name,
    hurts: [FOREIGN],
    expectsSlate,
    lastsMs: 6_000,
    inflict: () => foreign.line.fault(fault),
    heal: async () => {
      await foreign.line.fault({ kind: 'pass' });
      return nothing();
    },
  }));
};
