/**
 * The command line beside the service (`npm run glasshall -- …`): `discover` finds cameras and LED controllers and prints configuration to paste, `check` says what is
 * wrong with a configuration and with the devices that it names, `operator` adds and removes people at the controls. Thin: what is done here is done by the same parts that run the wall.
 */
import { Command, InvalidArgumentError, Option } from 'commander';
import { ConfigurationError } from '../config/problems.js';
import { GlasshallError, messageOf } from '../core/errors.js';
import { role, type Role } from '../operators/role.js';
import { check } from './check.js';
import { discover, type DiscoverOptions } from './discover.js';
import { addOperator, listOperators, revokeOperator, rotateOperator, type StateOptions } from './operator.js';
import { terminal } from './terminal.js';

const DEFAULT_DISCOVER_SECONDS = 5;
const DEFAULT_CHECK_SECONDS = 20;

const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => ending.abort());

const program = new Command('npm run glasshall --').description('Tools for the technician who sets a wall up.');

program
  .command('discover')
  .description('ONVIF cameras with their profiles and LED controllers on this network, as configuration to paste')
  .option('--interface <address>', 'look only from this IPv4 address of ours')
  .option('--username <name>', 'user of the cameras, to read their profiles', '')
  .option('--password-env <variable>', 'environment variable that holds the password', 'HALL_CAMERA_PASSWORD')
  .option('--password-file <file>', 'file that holds the password')
  .option('--timeout <seconds>', 'how long to wait for answers', seconds, DEFAULT_DISCOVER_SECONDS)
  .action((options: DiscoverOptions) => run(() => discover(options, terminal, ending.signal)));

program
  .command('check')
  .description(
    'validates a configuration, reaches every camera, counts source and output, and says how to mend what is wrong',
  )
  .argument('<file>', 'the configuration')
  .option('--timeout <seconds>', 'how long a device may take to answer', seconds, DEFAULT_CHECK_SECONDS)
  .option('--state <folder>', 'where the service keeps its operators, if it was told')
  .action((file: string, { timeout, state }: { timeout: number; state?: string }) => {
    const options = { timeoutMs: timeout * 1_000, stateDirectory: state ?? null };
    return run(() => check(file, options, terminal, ending.signal));
  });

const operator = program
  .command('operator')
  .description('people at the controls whose tokens are made here; the running service takes every change at once');

/** Which hall is meant: the same two options with which it was started. */
function ofHall(command: Command): Command {
  return command
    .option('--config <file>', 'configuration of the hall; without, the rehearsal is meant')
    .option('--state <folder>', 'where the service keeps what outlives a restart, if it was told');
}

ofHall(operator.command('add'))
  .description('adds a person and shows the token, this once')
  .argument('<name>', 'as people read it')
  .addOption(new Option('--role <role>', 'what they may do').choices(role.options).default('operator'))
  .action((name: string, options: StateOptions & { role: Role }) => run(() => addOperator(name, options, terminal)));

ofHall(operator.command('list'))
  .description('who was added, with which role, and when the token was made')
  .action((options: StateOptions) => run(() => listOperators(options, terminal)));

ofHall(operator.command('revoke'))
  .description('takes a person off; whoever is in with that token is out')
  .argument('<name>')
  .action((name: string, options: StateOptions) => run(() => revokeOperator(name, options, terminal)));

ofHall(operator.command('rotate'))
  .description('gives a person another token and shows it, this once; the one before is worth nothing any more')
  .argument('<name>')
  .action((name: string, options: StateOptions) => run(() => rotateOperator(name, options, terminal)));

await program.parseAsync();

/** Runs a command; whatever it throws is told in one line, without a stack. */
async function run(command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (failure) {
    const isOurs = failure instanceof ConfigurationError || !(failure instanceof GlasshallError);
    terminal.error(isOurs ? messageOf(failure) : `${failure.code}: ${failure.message}`);
    process.exitCode = 1;
  }
  if (ending.signal.aborted) process.exitCode = 130;
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 600)) throw new InvalidArgumentError('give seconds, from 0.1 to 600');
  return value;
}
