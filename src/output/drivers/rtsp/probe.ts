import { createServer } from 'node:net';
import type { LocalInterface } from '../../local-interface.js';
import { reasonOf } from '../../network-errors.js';
import type { Reachability } from '../../output-driver.js';
import type { RtspOptions } from './options.js';

/** Whether this machine could listen there: nobody else does, and the address is one of its own. */
export function probeAddress({ host, port }: RtspOptions): Promise<Reachability> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (failure) => resolve({ state: 'unreachable', reason: reasonOf(failure) }));
    server.listen(port, host, () => server.close(() => resolve({ state: 'reachable', reason: null })));
  });
}

/** Whether players have a way to where we listen. @param own interface with that address; null where it is not known which */
export function probeInterface(own: LocalInterface | null): Reachability {
  const problem = own?.problem ?? null;
  return problem === null ? { state: 'unconfirmed', reason: 'no-answer' } : { state: 'unreachable', reason: problem };
}
