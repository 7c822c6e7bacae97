import { setTimeout as sleep } from 'node:timers/promises';
import type { DiscoveryScope, FoundController } from '../../output-module.js';
import { broadcastOf } from './broadcast.js';
import { acquirePort } from './port.js';
import type { PollReply } from './poll-reply.js';

/** Whoever answers with more than a network has is not believed. */
const MOST_NODES = 1_024;

/** Asks all nodes in the networks of the given interfaces what they are. */
export async function discoverArtnet(
  { interfaces, timeoutMs }: DiscoveryScope,
  signal: AbortSignal,
): Promise<readonly FoundController[]> {
  const port = acquirePort();
  const found = new Map<string, Map<number, PollReply>>();
  const stop = port.listen((reply, address) => {
    const replies = found.get(address) ?? new Map<number, PollReply>();
    if (found.size < MOST_NODES) found.set(address, replies);
    replies.set(reply.bindIndex, reply);
  });
  try {
    await port.start();
    for (const address of interfaces) port.poll(broadcastOf(address));
    await sleep(timeoutMs, undefined, { signal }).catch(() => undefined);
  } finally {
    stop();
    await port.release();
  }
  return [...found].map(([address, replies]) => controllerOf(address, [...replies.values()]));
}

function controllerOf(address: string, replies: readonly PollReply[]): FoundController {
  const [first] = replies;
  const names = new Set([first?.longName ?? '', first?.shortName ?? ''].filter((name) => name !== ''));
  const outputs = replies.flatMap((reply) => reply.outputs);
  return {
    address,
    description: [...names, `${outputs.length} Art-Net outputs`].join(', '),
    entry: { type: 'artnet', host: address, ...(outputs.length === 0 ? {} : { universe: Math.min(...outputs) }) },
  };
}
