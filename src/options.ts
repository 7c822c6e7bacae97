import { Command, InvalidArgumentError } from 'commander';
import { DEFAULT_PORT, defaultStateDirectory } from './state/state-directory.js';

/** What the command line of `npm start` says. */
export type StartOptions = {
  /** Configuration of a real hall; null for the rehearsal. */
  readonly config: string | null;
  readonly port: number;
  readonly obsPort: number;
  readonly host: string;
  readonly screenPort: number;
  /** Where what operators decided is kept over restarts; null: nowhere. */
  readonly stateDirectory: string | null;
};

const DEFAULT_OBS_PORT = 4455;
const DEFAULT_SCREEN_PORT = 4048;

/** Reads the command line; prints help or a one-line error and ends the process as command lines do. */
export function parseStartOptions(argv: readonly string[]): StartOptions {
  const command = new Command('npm start --')
    .description(
      'Runs the wall. Without --config: the rehearsal hall, with simulated cameras, queue system and LED screen.',
    )
    .option('--config <file>', 'configuration of a real hall')
    .option('--port <number>', 'pages and HTTP', portNumber, DEFAULT_PORT)
    .option('--obs-port <number>', 'obs-websocket', portNumber, DEFAULT_OBS_PORT)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--screen-port <number>', 'UDP port of the simulated screen', portNumber, DEFAULT_SCREEN_PORT)
    .option('--state <folder>', 'where what operators decided is kept over restarts')
    .allowExcessArguments(false)
    .parse([...argv], { from: 'user' });
  const {
    config = null,
    state,
    ...numbers
  } = command.opts<{
    config?: string;
    port: number;
    obsPort: number;
    host: string;
    screenPort: number;
    state?: string;
  }>();
  return { ...numbers, config, stateDirectory: state ?? defaultStateDirectory(config, numbers.port) };
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('a port is a number from 0 to 65535');
  return port;
}
