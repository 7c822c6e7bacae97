import type { CameraFault } from '../../../src/rehearsal/camera/fault.js';
import { type Fault, nothing } from './fault.js';
import { type FaultHall, VICTIM } from './fault-hall.js';

const LONG_GROUP_OF_PICTURES = 250;
const USUAL_LENGTH_MS = 6_000;

/** What happened cannot end, only be lived with; the camera is healed after the measurement. */
const atOnce: Pick<Fault, 'restore'> & { heal?: never } = {
  restore: (hall) => hall.victim.fault({ kind: 'none' }),
};

/** What a camera does while its process and its line are well. */
export const cameraFaults: readonly Fault[] = [
  { ...simulated('black hole', { kind: 'stall', on: true }, true), isQuick: true },
  simulated('black hole that forgets connections', { kind: 'black-hole', on: true }, true),
  simulated('RTCP alive, video dead', { kind: 'silence', on: true }, true),
  simulated('wrong password', { kind: 'password', password: 'another' }, true),
  { ...simulated('frozen picture', { kind: 'freeze', on: true }, true), isQuick: true },
  { ...simulated('garbage bytes', { kind: 'garbage', on: true }, true), mayDamage: true, isQuick: true },
  simulated('truncated frames', { kind: 'truncate', on: true }, false),
  {
    ...simulated('resolution change', { kind: 'none' }, false),
    isQuick: true,
    inflict: (hall) => hall.victim.changeResolution(),
  },
  { ...simulated('codec change', { kind: 'codec', codec: 'h265' }, false), ...atOnce, isQuick: true },
  simulated('frame rate drops to 1', { kind: 'frame-rate', framesPerSecond: 1 }, false),
  {
    ...simulated('timestamps jump an hour ahead and back', { kind: 'timestamps', offsetMs: 3_600_000 }, false),
    isQuick: true,
  },
  simulated('timestamps jump an hour back and ahead', { kind: 'timestamps', offsetMs: -3_600_000 }, false),
  {
    ...simulated('10 s GOP, connection ended', { kind: 'hang-up' }, false),
    prepare: (hall) => hall.victim.restart(LONG_GROUP_OF_PICTURES),
    ...atOnce,
    lastsMs: 2_000,
    restore: (hall) => hall.victim.restart(),
  },
];

function simulated(name: string, fault: CameraFault, expectsSlate: boolean): Fault {
  return {
    name,
    hurts: [VICTIM],
    expectsSlate,
    lastsMs: USUAL_LENGTH_MS,
    inflict: (hall: FaultHall) => hall.victim.fault(fault),
    heal: async (hall: FaultHall) => {
      await hall.victim.fault({ kind: 'none' });
      return nothing();
    },
  };
}
