/** Single pictures as PNG files: for tests, and for looking closely at what an output would send. */
import { entryPoint } from '../../../core/entry-point.js';
import type { OutputModule } from '../../output-module.js';
import { folderDriver } from '../../thread/folder-driver.js';
import { fileOptions, type FileOptions } from './options.js';

export const file: OutputModule<FileOptions> = {
  options: fileOptions,
  create: (options, context) => folderDriver(entryPoint(import.meta.url, './worker.js'), options, context),
};
