import type { ControlOptions } from '../control/options.js';
import type { Problem } from './problems.js';

/** Addresses that only this machine reaches. */
const LOOPBACK = /^(127(\.\d{1,3}){3}|localhost|::1|\[::1\])$/;

/**
 * Control without operators is open to everybody who reaches it, and therefore refused anywhere but on loopback.
 * @param host the address that is listened on
 * @returns what is wrong (`open-control`), or null
 */
export function exposureProblem(
  host: string,
  control: ControlOptions,
): Pick<Problem, 'code' | 'message' | 'mend'> | null {
  if (control.operators.length > 0 || LOOPBACK.test(host)) return null;
  return {
    code: 'open-control',
    message: `control has no operators, so anybody who reaches ${host} could change the wall`,
    mend: 'add control: { operators: [ { name: …, token: "${NAME}" } ] } to the configuration, or listen on 127.0.0.1',
  };
}
