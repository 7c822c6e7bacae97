import type { WallInformation } from '../control/engine.js';
import { GlasshallError } from '../core/errors.js';
import type { OutputOptions } from '../output/options.js';
import { describeSession } from '../output/registry.js';

/**
 * The session description (SDP) that a receiver of an output needs. Made of the configuration alone: no thread is asked.
 * @throws GlasshallError `unknown-output`, `no-description`, `not-describable`
 */
export async function describeOutput(
  id: string,
  outputs: readonly OutputOptions[],
  wall: WallInformation,
): Promise<string> {
  const options = outputs.find((output) => output.id === id);
  if (options === undefined) throw new GlasshallError('unknown-output', `there is no output ${id}`, { output: id });
  const description = await describeSession(options, wall, wall.framesPerSecond);
  if (description !== null) return description;
  const words = `an output of type ${options.type} has no session description`;
  throw new GlasshallError('no-description', words, { output: id, type: options.type });
}
