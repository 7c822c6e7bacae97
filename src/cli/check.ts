import { CameraPool } from '../camera/camera-pool.js';
import { loadConfiguration, type LoadedConfiguration } from '../config/load.js';
import { silentLogger } from '../core/logger.js';
import { Redactor } from '../core/secrets.js';
import { checkCameras } from './check-cameras.js';
import { checkCoverage } from './check-coverage.js';
import { checkControllers } from './check-controllers.js';
import { checkCounts } from './check-counts.js';
import { checkControl } from './check-control.js';
import { checkSources } from './check-sources.js';
import { checkOutputs } from './check-outputs.js';
import { withDeadline } from '../core/deadline.js';
import { formatVerdict, type Verdict } from './verdict.js';
import type { Terminal } from './terminal.js';

/**
 * Checks a configuration file and then every device that it names, with the same parts that run the wall.
 * @returns the exit status: 0 when everything is well or merely cannot be told, 1 when anything is wrong
 * @throws ConfigurationError when the file itself is wrong; no device is asked then
 */
export async function check(
  file: string,
  { timeoutMs, stateDirectory }: { readonly timeoutMs: number; readonly stateDirectory: string | null },
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const loaded = await loadConfiguration(file);
  const { cameras, layouts, counts, boards, images, outputs, controllers, control } = loaded.configuration;
  const door = await checkControl(control, {
    config: file,
    ...(stateDirectory === null ? {} : { state: stateDirectory }),
  });
  const parts = [
    count(cameras.length, 'camera'),
    count(layouts.length, 'layout'),
    `${count(counts.length, 'source')} of counts`,
    ...(boards.length > 0 ? [count(boards.length, 'board')] : []),
    ...(images.length > 0 ? [count(images.length, 'image')] : []),
    count(outputs.length, 'output'),
    ...(controllers.length > 0 ? [count(controllers.length, 'controller')] : []),
    count(door.operators, 'operator'),
  ];
  terminal.print(`${file}: sound (${parts.join(', ')})`);
  const redactor = new Redactor();
  for (const secret of loaded.secrets) redactor.add(secret);
  const answers = await withDeadline(timeoutMs, signal, (deadline) => askDevices(loaded, redactor, deadline));
  const sources = await checkSources(loaded, file);
  const verdicts = [...answers.flat(), ...sources, ...checkCoverage(loaded.configuration), ...door.verdicts];
  for (const verdict of verdicts) terminal.print(redactor.redact(formatVerdict(verdict)));
  const wrong = verdicts.filter((verdict) => verdict.state === 'wrong').length;
  const unsure = verdicts.filter((verdict) => verdict.state === 'unsure').length;
  terminal.print(
    `${answers.flat().length + sources.length} checked, ${wrong} wrong${unsure > 0 ? `, ${unsure} cannot be told` : ''}`,
  );
  return wrong > 0 ? 1 : 0;
}

async function askDevices(
  { configuration }: LoadedConfiguration,
  redactor: Redactor,
  deadline: AbortSignal,
): Promise<Verdict[][]> {
  const cameras = CameraPool.start({ cameras: configuration.cameras, log: silentLogger, redactor });
  try {
    return await Promise.all([
      checkCameras(cameras, configuration.cameras, deadline),
      checkCounts(configuration.counts, deadline),
      checkOutputs(configuration, deadline),
      checkControllers(configuration.controllers, deadline),
    ]);
  } finally {
    await cameras.close();
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
