import { readFileSync } from 'node:fs';
import { messageOf } from '../core/errors.js';
import { formatPath, type ConfigurationPath, type Finding } from './problems.js';

/** Where `${NAME}` and `${file:PATH}` are taken from. */
export type SecretStore = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** @throws when the file cannot be read */
  readFile(path: string): string;
};

/** A configuration with its references filled in. */
export type Substitution = {
  readonly value: unknown;
  /** Values that must not be seen: everything that was filled in, except where it stands alone as an address or a number. */
  readonly secrets: readonly string[];
  /** Paths (by `formatPath`) of texts that were one reference and nothing else. */
  readonly references: ReadonlySet<string>;
  /** Paths of texts with a reference that is not to be had. */
  readonly unfilled: ReadonlySet<string>;
  /** Each reference that is not to be had, at its first place. */
  readonly findings: readonly Finding[];
};

/** Shorter ones would blacken half of a log; passwords and tokens are secret at any length. */
const SHORTEST_PART = 6;
/** Keys whose values are secrets, wherever they come from. */
const SECRET_KEYS: ReadonlySet<string> = new Set(['password', 'token', 'headers']);

const REFERENCE = /\$\$\{|\$\{([^}]*)\}/g;
const ALONE = /^\$\{[^}]*\}$/;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const FILE_PREFIX = 'file:';

/** Secrets of this process: its environment and files such as `/run/secrets/x`. */
export function processSecrets(environment: NodeJS.ProcessEnv = process.env): SecretStore {
  return { environment, readFile: (path) => readFileSync(path, 'utf8') };
}

/**
 * Fills `${NAME}` (environment) and `${file:PATH}` (a file's content without its last line break) into every text of a configuration.
 * `$${` stands for a plain `${`. Keys are left alone. A secret that is not there becomes a finding at its place.
 */
export function fillSecrets(value: unknown, store: SecretStore): Substitution {
  const secrets = new Set<string>();
  const references = new Set<string>();
  const findings: Finding[] = [];
  const missing = new Set<string>();
  const unfilled = new Set<string>();

  const fillText = (text: string, path: ConfigurationPath): string => {
    const alone = ALONE.test(text);
    if (alone) references.add(formatPath(path));
    const filled = text.replace(REFERENCE, (whole: string, reference: string | undefined) => {
      if (reference === undefined) return '${';
      const result = lookUp(reference, store);
      if (typeof result === 'string') {
        if (!alone && result.length >= SHORTEST_PART) secrets.add(result);
        return result;
      }
      // One variable that is not set is one mistake, however often it is asked for.
      if (!missing.has(reference)) findings.push({ ...result, path });
      missing.add(reference);
      unfilled.add(formatPath(path));
      return whole;
    });
    if (path.some((step) => SECRET_KEYS.has(String(step)))) secrets.add(filled);
    return filled;
  };

  const fill = (part: unknown, path: ConfigurationPath): unknown => {
    if (typeof part === 'string') return fillText(part, path);
    if (Array.isArray(part)) return part.map((item: unknown, index) => fill(item, [...path, index]));
    if (typeof part === 'object' && part !== null) {
      return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, fill(item, [...path, key])]));
    }
    return part;
  };

  return { value: fill(value, []), secrets: [...secrets], references, unfilled, findings };
}

function lookUp(reference: string, store: SecretStore): string | Omit<Finding, 'path'> {
  if (reference.startsWith(FILE_PREFIX)) return readSecretFile(reference.slice(FILE_PREFIX.length), store);
  if (!NAME.test(reference)) {
    return {
      code: 'bad-secret-name',
      message: `\${${reference}} names no environment variable`,
      mend: 'write ${NAME} or ${file:/run/secrets/name}; a plain ${ is written $${',
    };
  }
  const secret = store.environment[reference];
  if (secret !== undefined && secret !== '') return secret;
  return {
    code: 'unset-secret',
    message: `the environment has no ${reference}`,
    mend: `set it before the start, such as: export ${reference}=…`,
  };
}

function readSecretFile(path: string, store: SecretStore): string | Omit<Finding, 'path'> {
  try {
    const secret = store.readFile(path).replace(/\r?\n$/, '');
    if (secret !== '') return secret;
    return { code: 'unset-secret', message: `the secret file ${path} is empty`, mend: 'write the secret into it' };
  } catch (failure) {
    return {
      code: 'unset-secret',
      message: `the secret file ${path} cannot be read (${messageOf(failure)})`,
      mend: 'create it, readable for the user that runs glasshall',
    };
  }
}
