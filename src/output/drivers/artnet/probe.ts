import { knock } from '../../knock.js';
import type { Reachability } from '../../output-driver.js';
import { pollPacket } from './packet.js';
import type { ArtNetPort, Watch } from './port.js';

/** Who is asked, and through what. */
export type ProbeTarget = { readonly address: string; readonly port: number };

/**
 * What a node's answers to ArtPoll say, unless there is a refusal or an obstacle on the way. One that was heard lately is
 * `reachable`. Silence is `unconfirmed` as long as it has
 * never answered, and `unreachable` when it has stopped. A refusal is learned from a socket of its own, because one that is
 * shared is told of none.
 */
export async function probeArtnet(
  port: ArtNetPort,
  { node }: Watch,
  target: ProbeTarget,
  signal: AbortSignal,
): Promise<Reachability> {
  // The question ends with the first answer, whoever gives it.
  const asking = new AbortController();
  const end = (): void => asking.abort();
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  try {
    const answered = node.nextReply(asking.signal);
    port.poll(target.address, target.port);
    const refused = knock(target.address, target.port, pollPacket(), asking.signal);
    const first = await Promise.race([answered, refused.then<string | boolean>((reason) => reason ?? answered)]);
    if (typeof first === 'string') return { state: 'unreachable', reason: first };
    if (first) return { state: 'reachable', reason: null };
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
  if (node.isThere) return { state: 'reachable', reason: null };
  if (node.isKnown) return { state: 'unreachable', reason: 'no-answer' };
  return { state: 'unconfirmed', reason: port.problem ?? 'no-answer' };
}
