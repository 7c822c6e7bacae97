import { resolve } from 'node:path';
import { probeFolder } from '../file-errors.js';
import type { DriverContext, OutputDriver } from '../output-driver.js';
import { ThreadedDriver } from './threaded-driver.js';

/** A driver whose thread writes into a folder: it is there when the folder can be written. @param entry of the thread */
export function folderDriver(
  entry: URL,
  options: { readonly id: string; readonly directory: string },
  context: DriverContext,
): OutputDriver {
  return new ThreadedDriver({ entry, options, examine: () => probeFolder(resolve(options.directory)) }, context);
}
