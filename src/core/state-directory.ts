import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectRoot } from './project-root.js';

/** Of pages and HTTP. */
export const DEFAULT_HTTP_PORT = 8080;

/**
 * Where a service keeps what outlives it, unless it is told: systemd's folder for it, or one in the project. A rehearsal on any free port
 * is nobody's in particular and keeps nothing: null.
 * @param config the configuration file, null for the rehearsal; `port`: of its pages
 */
export function defaultStateDirectory(config: string | null, port: number): string | null {
  const { STATE_DIRECTORY: given } = process.env;
  if (given !== undefined && given !== '') return given.split(':')[0] ?? given;
  if (config !== null) return fileURLToPath(new URL(`.state/${basename(config, extname(config))}/`, projectRoot));
  return port === 0 ? null : fileURLToPath(new URL(`.cache/rehearsal/state-${port}/`, projectRoot));
}
