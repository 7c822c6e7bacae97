import { readCertificate } from '../config/certificate.js';
import type { Configuration } from '../config/schema.js';
import { GlasshallError } from '../core/errors.js';
import { operatorFileOf, type StateOptions } from './operator.js';
import type { Verdict } from './verdict.js';

const DAYS_AHEAD = 21;
const DAY_MS = 86_400_000;

/** Who may come in: operators of the configuration and those added by command, and the certificate of the door. */
export async function checkControl(
  { operators, tls }: Configuration['control'],
  hall: StateOptions,
): Promise<{ readonly operators: number; readonly verdicts: readonly Verdict[] }> {
  const state = await operatorFileOf(hall).read();
  const stored = state.kind === 'sound' ? state.stored.operators : [];
  const count = operators.length + stored.length;
  const verdicts: Verdict[] = [];
  const tell = (id: string, part: Pick<Verdict, 'state' | 'message' | 'mend'>): void => {
    verdicts.push({ device: 'control', id, ...part });
  };
  if (state.kind === 'damaged' || state.kind === 'unreadable') {
    const mend = 'run this as the user that runs glasshall; what is damaged is added anew: operator add NAME';
    tell('operators', { state: 'wrong', message: `the file of operators cannot be used (${state.reason})`, mend });
  } else if (count === 0) {
    const message =
      state.kind === 'sound'
        ? 'nobody is left among the operators: nobody can sign in'
        : 'no operators: control is open to this machine, and refused to every other';
    tell('operators', { state: 'note', message, mend: 'operator add NAME' });
  }
  if (tls !== undefined) tell('tls', await certificateVerdict(tls));
  return { operators: count, verdicts };
}

async function certificateVerdict(
  tls: NonNullable<Configuration['control']['tls']>,
): Promise<Pick<Verdict, 'state' | 'message' | 'mend'>> {
  try {
    const { expiresAtMs } = await readCertificate(tls);
    const days = Math.floor((expiresAtMs - Date.now()) / DAY_MS);
    if (days < 0) return { state: 'wrong', message: 'the certificate has expired', mend: 'renew it' };
    const message = `the certificate holds for another ${days} days`;
    return days < DAYS_AHEAD ? { state: 'note', message, mend: 'renew it' } : { state: 'well', message, mend: null };
  } catch (failure) {
    if (!(failure instanceof GlasshallError)) throw failure;
    const [message = '', mend = null] = failure.message.split(' — ');
    return { state: 'wrong', message, mend };
  }
}
