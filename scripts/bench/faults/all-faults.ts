import { cameraFaults } from './camera-faults.js';
import { clientFaults } from './client-faults.js';
import { countFaults } from './count-faults.js';
import type { Fault } from './fault.js';
import { lineFaults } from './line-faults.js';
import { processFaults } from './process-faults.js';
import { serviceFaults } from './service-faults.js';

/** Everything that can be made to go wrong: the benchmark makes all of it, the tests what is quick. */
export const allFaults: readonly Fault[] = [
  ...processFaults,
  ...cameraFaults,
  ...lineFaults,
  ...countFaults,
  ...clientFaults,
  ...serviceFaults,
];
