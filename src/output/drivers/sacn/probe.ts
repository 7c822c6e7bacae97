import { withDeadline } from '../../../core/deadline.js';
import { knock } from '../../knock.js';
import type { Reachability } from '../../output-driver.js';
import { probeRoute } from '../../probe-route.js';
import { connectUdp } from '../../udp-link.js';
import { groupOf } from './multicast-link.js';
import type { SacnOptions } from './options.js';
import { emptyPacket } from './packet.js';

/** A refusal comes at once or, where nobody has that address, after a few seconds. */
const LISTEN_MS = 500;

/** sACN knows no answers: all that can be known is that nothing has refused. */
const ONE_WAY: Reachability = { state: 'unconfirmed', reason: 'one-way' };

/** Finds out whether a host refuses sACN, before anything is sent to it; `unconfirmed` when it does not. */
export async function probeSacn(host: string, port: number, signal: AbortSignal): Promise<Reachability> {
  const reason = await withDeadline(LISTEN_MS, signal, (early) => knock(host, port, emptyPacket(), early));
  return reason === null ? ONE_WAY : { state: 'unreachable', reason };
}

/** Finds out whether there is a way to the host or the groups, while packets are sent to them; `unconfirmed` when there is. */
export async function probeWay(options: SacnOptions, signal: AbortSignal): Promise<Reachability> {
  const { host, port, universe, ttl } = options;
  const multicast = { interface: options.interface ?? null, timeToLive: ttl };
  const peer = host === undefined ? { host: groupOf(universe), port, multicast } : { host, port };
  const way = await probeRoute(async () => (await connectUdp(peer)).socket, signal);
  return way.state === 'unreachable' ? way : ONE_WAY;
}
