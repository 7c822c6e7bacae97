import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectRoot } from '../core/project-root.js';

/** The port of pages and HTTP where no other is chosen; rehearsals on different ports keep what they decide apart. */
export const DEFAULT_PORT = 8080;

/**
 * Where a hall keeps what has to outlive a restart, unless a folder is named: systemd's folder for it (`STATE_DIRECTORY`), or one
 * in the project, by the name of the configuration or the port of the rehearsal.
 * @param config the configuration of a real hall; null for the rehearsal
 * @returns null for a rehearsal on any free port, which is nobody's in particular
 */
export function defaultStateDirectory(config: string | null, port: number): string | null {
  const { STATE_DIRECTORY: given } = process.env;
  if (given !== undefined && given !== '') return given.split(':')[0] ?? given;
  if (config !== null) return fileURLToPath(new URL(`.state/${basename(config, extname(config))}/`, projectRoot));
  return port === 0 ? null : fileURLToPath(new URL(`.cache/rehearsal/state-${port}/`, projectRoot));
}
