import { connect } from 'node:net';
import { reasonOf } from '../../network-errors.js';
import type { Reachability } from '../../output-driver.js';
import { probeRoute } from '../../probe-route.js';
import { connectUdp } from '../../udp-link.js';
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

/** Whether there is a way to the target, while ffmpeg sends to it; nothing is sent. Whoever waits for a caller has none to look at. */
export function probeWay({ url, listen }: StreamOptions, signal: AbortSignal): Promise<Reachability> {
  const target = targetOf(url);
  if (target === null || listen) return Promise.resolve(UNCONFIRMED);
  const host = target.host.replace(/^\[|\]$/g, '');
  return probeRoute(async () => (await connectUdp({ host, port: target.port })).socket, signal);
}
