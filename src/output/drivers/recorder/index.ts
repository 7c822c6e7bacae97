/** Records what was shown: H.264 in MPEG-TS, files of some minutes, the oldest deleted. */
import { entryPoint } from '../../../core/entry-point.js';
import type { OutputModule } from '../../output-module.js';
import { folderDriver } from '../../thread/folder-driver.js';
import { recorderOptions, type RecorderOptions } from './options.js';

export const recorder: OutputModule<RecorderOptions> = {
  options: recorderOptions,
  create: (options, context) => folderDriver(entryPoint(import.meta.url, './worker.js'), options, context),
};
