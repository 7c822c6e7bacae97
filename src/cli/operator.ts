import { GlasshallError } from '../core/errors.js';
import { OperatorFile, operatorName, type StoredOperator } from '../operators/operator-file.js';
import type { Role } from '../operators/role.js';
import { makeToken, secretOf } from '../operators/token.js';
import { DEFAULT_PORT, defaultStateDirectory } from '../state/state-directory.js';
import type { Terminal } from './terminal.js';

/** Which hall is meant, by what its service was started with. */
export type StateOptions = { readonly config?: string; readonly state?: string };

/** The file of operators of that hall. */
export function operatorFileOf({ config, state }: StateOptions): OperatorFile {
  const directory = state ?? defaultStateDirectory(config ?? null, DEFAULT_PORT);
  // Only a rehearsal on any free port has none, and that is not this one.
  if (directory === null) throw new GlasshallError('no-state-folder', 'name the folder of the service with --state');
  return new OperatorFile(directory);
}

/** Adds a person and prints the token. @throws GlasshallError `bad-name`, `name-taken`, and those of `OperatorFile.change` */
export async function addOperator(
  name: string,
  options: StateOptions & { readonly role: Role },
  terminal: Terminal,
): Promise<number> {
  const checked = operatorName.safeParse(name);
  if (!checked.success) {
    const words = 'a name has up to 64 letters, and no space around them — give another';
    throw new GlasshallError('bad-name', words, { name });
  }
  const token = makeToken();
  await change(options, terminal, ({ salt, operators }) => {
    if (operators.some((operator) => operator.name === name)) {
      const words = `there is a ${name} already — choose another name, or: operator rotate ${name}, operator revoke ${name}`;
      throw new GlasshallError('name-taken', words, { name });
    }
    const added = { name, role: options.role, secret: secretOf(token, salt), madeAtMs: Date.now() };
    return { salt, operators: [...operators, added] };
  });
  terminal.print(`${name} (${options.role}) was added. The token, which is shown this once and kept nowhere:`);
  terminal.print(token);
  return 0;
}

/** Prints who is there. @throws GlasshallError `operators-damaged`, `operators-unreadable` */
export async function listOperators(options: StateOptions, terminal: Terminal): Promise<number> {
  const file = operatorFileOf(options);
  const state = await file.read();
  if (state.kind === 'damaged' || state.kind === 'unreadable') {
    const mend =
      state.kind === 'damaged'
        ? 'add its operators anew; it is set aside then'
        : 'run this as the user that runs glasshall';
    throw new GlasshallError(`operators-${state.kind}`, `${file.path}: ${state.reason} — ${mend}`, { file: file.path });
  }
  const operators = state.kind === 'sound' ? state.stored.operators : [];
  for (const operator of operators) terminal.print(line(operator));
  terminal.print(`${operators.length} in ${file.path}`);
  return 0;
}

/** Takes a person off. @throws GlasshallError `unknown-operator`, and those of `OperatorFile.change` */
export async function revokeOperator(name: string, options: StateOptions, terminal: Terminal): Promise<number> {
  let left = 0;
  await change(options, terminal, ({ salt, operators }) => {
    const others = operators.filter((operator) => operator.name !== name);
    if (others.length === operators.length) throw unknown(name, operators);
    left = others.length;
    return { salt, operators: others };
  });
  const alone = left === 0 ? '; nobody is left in the file, and control stays closed' : '';
  terminal.print(`${name} was taken off: the token is worth nothing any more${alone}`);
  return 0;
}

/** Gives a person another token. @throws GlasshallError `unknown-operator`, and those of `OperatorFile.change` */
export async function rotateOperator(name: string, options: StateOptions, terminal: Terminal): Promise<number> {
  const token = makeToken();
  await change(options, terminal, ({ salt, operators }) => {
    if (!operators.some((operator) => operator.name === name)) throw unknown(name, operators);
    const changed = { secret: secretOf(token, salt), madeAtMs: Date.now() };
    return {
      salt,
      operators: operators.map((operator) => (operator.name === name ? { ...operator, ...changed } : operator)),
    };
  });
  terminal.print(`${name} has another token, which is shown this once and kept nowhere:`);
  terminal.print(token);
  return 0;
}

async function change(
  options: StateOptions,
  terminal: Terminal,
  edit: Parameters<OperatorFile['change']>[0],
): Promise<void> {
  const file = operatorFileOf(options);
  const setAside = await file.change(edit);
  if (setAside !== null) {
    terminal.error(`the file of operators was damaged and is set aside as ${setAside}: add whoever was in it anew`);
  }
  const hall =
    options.config ?? (options.state === undefined ? 'the rehearsal (for a hall: --config FILE)' : 'the service');
  terminal.print(`operators of ${hall}, in ${file.path}`);
}

function unknown(name: string, operators: readonly StoredOperator[]): GlasshallError {
  const names = operators.map((operator) => operator.name).join(', ');
  const words = names === '' ? 'nobody was added by command' : `there is no ${name} — added by command are: ${names}`;
  return new GlasshallError('unknown-operator', words, { name });
}

function line({ name, role, madeAtMs }: StoredOperator): string {
  return `${role.padEnd(8)}  ${new Date(madeAtMs).toISOString().slice(0, 10)}  ${name}`;
}
