import type { Reachability } from '../../output-driver.js';
import { probeRoute } from '../../probe-route.js';
import type { Rfc4175Options } from './options.js';
import { openSocket } from './session.js';

/** Receivers of RTP say nothing, so the most that can be known is that there is a way to them. */
export function probeRfc4175(options: Rfc4175Options, signal: AbortSignal): Promise<Reachability> {
  return probeRoute(() => openSocket(options), signal);
}
