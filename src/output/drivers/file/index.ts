/** Single pictures as PNG files: for tests, and for looking closely at what an output would send. */
import { resolve } from 'node:path';
import { entryPoint } from '../../../core/entry-point.js';
import { probeFolder } from '../../file-errors.js';
import type { OutputModule } from '../../output-module.js';
import { ThreadedDriver } from '../../thread/threaded-driver.js';
import { fileOptions, type FileOptions } from './options.js';

export const file: OutputModule<FileOptions> = {
  options: fileOptions,
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
