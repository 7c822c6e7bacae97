import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppOptions } from './app-options.js';
import { loadConfiguration, readConfiguration, type LoadedConfiguration } from './config/load.js';
import { processSecrets, type SecretStore } from './config/secrets.js';
import { messageOf } from './core/errors.js';

const FILE = 'configuration.last-good.yaml';
const DRAFT = 'configuration.new.yaml';

/** A configuration, and what was wrong with the file when it is not from there. */
export type Loaded = LoadedConfiguration & { readonly failure: unknown };

/** Where the configuration's references are filled from. */
export function secretsOf({ rehearsal }: AppOptions): SecretStore {
  return processSecrets({ ...process.env, ...rehearsal?.environment });
}

/**
 * Reads the configuration. When an engine is started again and the file is broken by then, what was in use before is used
 * again: a mistake in a file must not keep the wall dark.
 * @throws ConfigurationError when there is nothing to go on with
 */
export async function loadOrLastGood(options: AppOptions): Promise<Loaded> {
  const { configurationFile, isRestart, stateDirectory } = options;
  const secrets = secretsOf(options);
  try {
    return { ...(await loadConfiguration(configurationFile, secrets)), failure: null };
  } catch (failure) {
    if (!isRestart || stateDirectory === null) throw failure;
    const text = await readFile(join(stateDirectory, FILE), 'utf8').catch(() => null);
    if (text === null) throw failure;
    // Names of secrets stand in it, never the secrets themselves; what it says of files is meant from where it came.
    return { ...readConfiguration(text, configurationFile, secrets), failure };
  }
}

/** Keeps the text of the file that is in use. What cannot be kept is only missed after a crash: reported, nothing more. */
export async function keepLastGood({ configurationFile, stateDirectory, log }: AppOptions): Promise<void> {
  if (stateDirectory === null) return;
  try {
    const text = await readFile(configurationFile, 'utf8');
    await mkdir(stateDirectory, { recursive: true, mode: 0o700 });
    await writeFile(join(stateDirectory, DRAFT), text, { mode: 0o600 });
    await rename(join(stateDirectory, DRAFT), join(stateDirectory, FILE));
  } catch (failure) {
    log.warn({ failure: messageOf(failure) }, 'the configuration in use cannot be kept');
  }
}
