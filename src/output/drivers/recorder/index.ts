/** Records what was shown: H.264 in MPEG-TS, files of some minutes, the oldest deleted. */
import { resolve } from 'node:path';
import { entryPoint } from '../../../core/entry-point.js';
import { probeFolder } from '../../file-errors.js';
import type { OutputModule } from '../../output-module.js';
import { ThreadedDriver } from '../../thread/threaded-driver.js';
import { recorderOptions, type RecorderOptions } from './options.js';

export const recorder: OutputModule<RecorderOptions> = {
  options: recorderOptions,
  create: (options, context) =>
    new ThreadedDriver(
      {
        entry: entryPoint(import.meta.url, './worker.js'),
        options,
        examine: () => probeFolder(resolve(options.directory)),
      },
      context,
    ),
};
