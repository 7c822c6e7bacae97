import { withDeadline } from '../core/deadline.js';
import type { ControllerReading } from '../controller/controller-driver.js';
import { controllerAddress, type ControllerOptions } from '../controller/options.js';
import { createController } from '../controller/registry.js';
import { reasonWords, type Verdict } from './verdict.js';

/** A controller that has not answered by then does not answer. */
const READ_MS = 4_000;

/**
 * Asks every controller what it does. Nothing is commanded. NovaStar controllers take one connection at a time: a service that
 * runs loses its own, and connects again.
 */
export function checkControllers(controllers: readonly ControllerOptions[], deadline: AbortSignal): Promise<Verdict[]> {
  return Promise.all(controllers.map((controller) => checkController(controller, deadline)));
}

async function checkController(options: ControllerOptions, deadline: AbortSignal): Promise<Verdict> {
  const controller = { device: 'controller', id: options.id } as const;
  const address = controllerAddress(options);
  const driver = createController(options);
  try {
    const outcome = await withDeadline(READ_MS, deadline, (signal) => driver.read(signal));
    if (outcome.kind === 'failed') {
      const words = reasonWords(outcome.reason);
      return { ...controller, state: 'wrong', message: `${address}: ${words.message}`, mend: words.mend };
    }
    return { ...controller, ...judge(address, outcome.value) };
  } finally {
    await driver.close();
  }
}

function judge(address: string, reading: ControllerReading): Pick<Verdict, 'state' | 'message' | 'mend'> {
  const facts = factsOf(reading);
  if (facts.length === 0) {
    const message = `${address} takes commands; it cannot say what it does`;
    return { state: 'unsure', message, mend: 'look at the screen' };
  }
  const message = `${address} answers: ${facts.join(', ')}`;
  const { cabinets, input } = reading;
  if (cabinets !== null && cabinets.ok < cabinets.total) {
    return { state: 'wrong', message, mend: 'check power and network cables of the cabinets that do not answer' };
  }
  if (input?.hasSignal === false) return { state: 'wrong', message, mend: 'check the video cable and what feeds it' };
  return { state: 'well', message, mend: null };
}

function factsOf(reading: ControllerReading): string[] {
  const { black, freeze, testPicture, brightnessPercent, cabinets, temperatureCelsius, input, detail } = reading;
  const facts: string[] = [];
  if (black !== null) facts.push(black ? 'black' : 'not black');
  if (freeze === true) facts.push('frozen');
  if (testPicture === true) facts.push('shows a test picture');
  if (brightnessPercent !== null) facts.push(`brightness ${Math.round(brightnessPercent)} %`);
  if (cabinets !== null) facts.push(`${cabinets.ok} of ${cabinets.total} cabinets`);
  if (temperatureCelsius !== null) facts.push(`${temperatureCelsius} °C`);
  if (input?.hasSignal === false) facts.push(`no signal at ${input.name ?? 'its input'}`);
  return detail === null || facts.length === 0 ? facts : [detail, ...facts];
}
