import type { Reachability } from '../../output-driver.js';
import { probeRoute } from '../../probe-route.js';
import { connectUdp } from '../../udp-link.js';

/** A server answers nothing and shows whatever comes, so nothing is sent: the most that can be known is that there is a way to it. */
export function probeFlaschenTaschen(host: string, port: number, signal: AbortSignal): Promise<Reachability> {
  return probeRoute(async () => (await connectUdp({ host, port })).socket, signal);
}
