import type { ControlOptions } from '../control/options.js';
import type { Problem } from './problems.js';

/** Addresses that only this machine reaches. */
const LOOPBACK = /^(127(\.\d{1,3}){3}|localhost|::1|\[::1\])$/;

/** How a person gets a token without writing it into the configuration. */
const ADD_OPERATOR = 'npm run glasshall -- operator add NAME --config FILE';

/**
 * Control without operators is open to everybody who reaches it, and therefore refused anywhere but on loopback.
 * @param host the address that is listened on
 * @param hasOperatorFile whether operators were ever added by command
 * @returns what is wrong (`open-control`), or null
 */
export function exposureProblem(
  host: string,
  control: ControlOptions,
  hasOperatorFile: boolean,
): Pick<Problem, 'code' | 'message' | 'mend'> | null {
  if (control.operators.length > 0 || hasOperatorFile || LOOPBACK.test(host)) return null;
  return {
    code: 'open-control',
    message: `control has no operators, so anybody who reaches ${host} could change the wall`,
    mend: `add one (${ADD_OPERATOR}), write control: { operators: [ { name: …, token: "\${NAME}" } ] } into the configuration, or listen on 127.0.0.1`,
  };
}
