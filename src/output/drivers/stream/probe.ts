import { connect } from 'node:net';
import { reasonOf } from '../../network-errors.js';
import type { Reachability } from '../../output-driver.js';
import { type StreamOptions, targetOf } from './options.js';

const UNCONFIRMED: Reachability = { state: 'unconfirmed', reason: 'no-answer' };

/** Whether somebody listens at the target, where that can be asked without sending: over TCP. */
export function probeTarget({ url }: StreamOptions, signal: AbortSignal): Promise<Reachability> {
  const target = targetOf(url);
  if (target === null) return Promise.resolve({ state: 'unreachable', reason: 'bad-address' });
  if (target.protocol === 'udp' || target.protocol === 'srt' || signal.aborted) return Promise.resolve(UNCONFIRMED);
  return new Promise((resolve) => {
    const socket = connect(target.port, target.host.replace(/^\[|\]$/g, ''));
    const finish = (answer: Reachability): void => {
      signal.removeEventListener('abort', onAbort);
      socket.destroy();
      resolve(answer);
    };
    const onAbort = (): void => finish({ state: 'unreachable', reason: 'timeout' });
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('connect', () => finish({ state: 'reachable', reason: null }));
    socket.once('error', (failure) => finish({ state: 'unreachable', reason: reasonOf(failure) }));
  });
}
