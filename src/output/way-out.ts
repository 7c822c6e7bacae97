import type { Socket } from 'node:dgram';
import { readFile } from 'node:fs/promises';
import { isIPv4 } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { LocalInterface } from './local-interface.js';

/** Neighbours in IPv4 networks: address, hardware type, flags … (proc_net(5)). */
const NEIGHBOURS = '/proc/net/arp';
/** Nobody has answered, or not yet. */
const UNANSWERED = '0x0';
/** Whoever is there has answered by then. */
const ANSWERS_WITHIN_MS = 300;

/**
 * What this machine itself knows to be in the way of a connected socket, as a stable code; null when it knows of nothing. It has
 * to be asked: Linux throws away what is sent to an address that nobody has, and tells no socket. Takes a moment in that case.
 */
export async function obstacleOf(socket: Socket, signal: AbortSignal): Promise<string | null> {
  const { problem } = new LocalInterface(socket.address().address);
  if (problem !== null) return problem;
  const { address } = socket.remoteAddress();
  if (!isIPv4(address) || !(await isUnanswered(address))) return null;
  await sleep(ANSWERS_WITHIN_MS, undefined, { signal }).catch(() => undefined);
  return !signal.aborted && (await isUnanswered(address)) ? 'host-unreachable' : null;
}

/** Whether the network has been asked who has an address, and nobody has said so. */
async function isUnanswered(address: string): Promise<boolean> {
  const table = await readFile(NEIGHBOURS, 'latin1').catch(() => '');
  return table.split('\n').some((line) => {
    const [held, , flags] = line.split(/\s+/);
    return held === address && flags === UNANSWERED;
  });
}
