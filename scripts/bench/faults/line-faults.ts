import type { LineFault } from '../fault-proxy.js';
import { type Fault, nothing, type Requirement } from './fault.js';
import { type FaultHall, FOREIGN } from './fault-hall.js';

/** Far less than the stream needs. */
const SLOW_BYTES_PER_SECOND = 4_000;

const GSTREAMER: Requirement = { name: 'GStreamer', isMet: ({ foreign }) => foreign !== null };

/** The line to a camera whose server we did not write. */
export const lineFaults: readonly Fault[] = [
  ofLine('GStreamer: black hole', { kind: 'black-hole' }, true),
  { ...ofLine('GStreamer: RTCP alive, video dead', { kind: 'no-video' }, true), isQuick: true },
  ofLine('GStreamer: connection refused', { kind: 'refuse' }, true),
  { ...ofLine('GStreamer: corrupted bytes', { kind: 'corrupt' }, false), mayDamage: true },
  ofLine('GStreamer: line too slow', { kind: 'slow', bytesPerSecond: SLOW_BYTES_PER_SECOND }, true),
];

function ofLine(name: string, fault: LineFault, expectsSlate: boolean): Fault {
  return {
    name,
    hurts: [FOREIGN],
    expectsSlate,
    lastsMs: 6_000,
    needs: GSTREAMER,
    inflict: ({ foreign }) => change(foreign, fault),
    heal: async ({ foreign }) => {
      await change(foreign, { kind: 'pass' });
      return nothing();
    },
  };
}

async function change(foreign: FaultHall['foreign'], fault: LineFault): Promise<void> {
  await foreign?.line.fault(fault);
}
