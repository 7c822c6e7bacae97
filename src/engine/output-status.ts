import type { OutputStatus } from '../control/engine.js';
import type { OutputReport } from '../output/channel.js';
import { addressOf, type OutputOptions } from '../output/options.js';

/** An output as people see it. @param outputs of the configuration, among which it is found by its id */
export function outputStatus(
  { id, reachability, frames, droppedFrames }: OutputReport,
  outputs: readonly OutputOptions[],
): OutputStatus {
  const options = outputs.find((output) => output.id === id);
  return {
    output: id,
    type: options?.type ?? '',
    address: options === undefined ? '' : addressOf(options),
    reachability,
    frames,
    droppedFrames,
  };
}
