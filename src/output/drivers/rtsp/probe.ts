import { createServer } from 'node:net';
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
