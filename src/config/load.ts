/**
 * The configuration: one YAML file, checked as a whole before anything starts. `schema.ts` says what may stand in it (each part's options live
 * beside the code that uses them), `cross-checks.ts` what the parts demand of each other, `yaml-source.ts` knows where everything stands,
 * `secrets.ts` fills in what does not belong in a file, and `problems.ts` is how mistakes are told.
 */
import { readFile } from 'node:fs/promises';
import type { Layout } from '../layout/layout.js';
import { crossCheck } from './cross-checks.js';
import { ConfigurationError, formatPath, type Finding, type Problem } from './problems.js';
import { configurationSchema, type Configuration } from './schema.js';
import { schemaFindings } from './schema-findings.js';
import { fillSecrets, processSecrets, type SecretStore } from './secrets.js';
import { validParts } from './valid-parts.js';
import { YamlSource } from './yaml-source.js';

/** A configuration that passed every check, ready to be used. */
export type LoadedConfiguration = {
  readonly configuration: Configuration;
  /** In wall pixels, in written order. */
  readonly layouts: readonly Layout[];
  /** What must never be printed: passwords, tokens and everything that was filled into a longer text. For the `Redactor`. */
  readonly secrets: readonly string[];
};

const LARGEST_FILE_BYTES = 4 * 1024 * 1024;

/**
 * Reads and checks a configuration file.
 * @throws ConfigurationError with everything that is wrong with it
 */
export async function loadConfiguration(
  file: string,
  secrets: SecretStore = processSecrets(),
): Promise<LoadedConfiguration> {
  return readConfiguration(await readText(file), file, secrets);
}

/**
 * Checks a configuration text.
 * @param file its name, for messages
 * @throws ConfigurationError with everything that is wrong with it
 */
export function readConfiguration(text: string, file: string, store: SecretStore): LoadedConfiguration {
  const source = new YamlSource(text);
  if (source.problems.length > 0) throw new ConfigurationError(file, sort(source.problems));
  const filled = fillSecrets(source.value, store);
  const { value, result } = parse(filled.value, filled.references);
  const findings: Finding[] = [...filled.findings];
  // A reference that could not be filled in has been told of; that its name is no port or address is no news.
  const tell = (finding: Finding): void => {
    if (!filled.unfilled.has(formatPath(finding.path))) findings.push(finding);
  };
  if (!result.success) schemaFindings(result.error.issues, value, filled.secrets).forEach(tell);
  const { layouts, findings: crossFindings } = crossCheck(validParts(value));
  crossFindings.forEach(tell);
  if (findings.length > 0 || !result.success) {
    throw new ConfigurationError(file, sort(findings.map((finding) => source.locate(finding))));
  }
  return { configuration: result.data, layouts, secrets: filled.secrets };
}

/** A reference is filled in as text; where the schema wants a number, and the text is one, it becomes one. */
function parse(
  value: unknown,
  references: ReadonlySet<string>,
): { value: unknown; result: ReturnType<typeof configurationSchema.safeParse> } {
  const result = configurationSchema.safeParse(value);
  if (result.success) return { value, result };
  let mended = value;
  for (const issue of result.error.issues) {
    if (issue.code !== 'invalid_type' || !['number', 'int'].includes(issue.expected)) continue;
    const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
    if (references.has(formatPath(path))) mended = withNumberAt(mended, path);
  }
  return mended === value ? { value, result } : { value: mended, result: configurationSchema.safeParse(mended) };
}

function withNumberAt(value: unknown, path: readonly (string | number)[]): unknown {
  const [step, ...rest] = path;
  if (step === undefined) {
    return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  }
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === step ? withNumberAt(item, rest) : item));
  }
  const record = value as Readonly<Record<string, unknown>>;
  return { ...record, [step]: withNumberAt(record[step], rest) };
}

async function readText(file: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (failure) {
    throw new ConfigurationError(file, [unreadable(failure)]);
  }
  if (bytes.byteLength > LARGEST_FILE_BYTES) {
    throw new ConfigurationError(file, [
      wholeFile('file-too-large', 'the file is larger than 4 MB', 'give the right file'),
    ]);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ConfigurationError(file, [wholeFile('not-utf8', 'the file is not text in UTF-8', 'save it as UTF-8')]);
  }
}

function unreadable(failure: unknown): Problem {
  const code = (failure as NodeJS.ErrnoException).code;
  switch (code) {
    case 'ENOENT':
      return wholeFile(
        'no-file',
        'there is no such file',
        'check the path; config/small-hall.yaml is an example to begin with',
      );
    case 'EACCES':
      return wholeFile(
        'no-access',
        'the file may not be read',
        'give the user that runs glasshall the right to read it',
      );
    case 'EISDIR':
      return wholeFile('no-file', 'this is a folder', 'name the file in it');
    default:
      return wholeFile('no-file', `the file cannot be read (${code ?? 'unknown reason'})`, 'check the path');
  }
}

function wholeFile(code: string, message: string, mend: string): Problem {
  return { code, path: '', line: 1, column: 1, message, mend };
}

function sort(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
}
