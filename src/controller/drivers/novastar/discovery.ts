import type { DiscoveryScope, FoundController } from '../../../output/output-module.js';
import { askNetwork } from '../../network-question.js';

const DISCOVERY_PORT = 3800;
const QUESTION = 'rqProMI:';
const ANSWER = 'rpProMI:';
const LONGEST_NAME_CHARACTERS = 40;

/** Asks for NovaStar sending cards: they answer with a short text behind a head. COEX controllers stay silent. */
export async function discoverNovastar(scope: DiscoveryScope, signal: AbortSignal): Promise<FoundController[]> {
  const question = { datagram: Buffer.from(QUESTION, 'latin1'), port: DISCOVERY_PORT, parse: parseAnswer };
  const found = await askNetwork(question, scope, signal);
  return [...found].map(([address, name]) => ({
    address,
    description: name === '' ? 'NovaStar' : `NovaStar, ${name}`,
    entry: { type: 'novastar', host: address },
  }));
}

/** The text behind the head, printable and bounded; null for a datagram that is no answer. */
export function parseAnswer(datagram: Buffer): string | null {
  const text = datagram.toString('latin1', 0, ANSWER.length + LONGEST_NAME_CHARACTERS);
  if (!text.startsWith(ANSWER)) return null;
  return text
    .slice(ANSWER.length)
    .replaceAll(/[^\x20-\x7e]/g, '')
    .trim();
}
