import type { DiscoveryScope, FoundController } from '../../../output/output-module.js';
import { askNetwork } from '../../network-question.js';
import { parseSearchAnswer, SEARCH_QUESTION } from './packet.js';

const SEARCH_PORT = 9099;

/** Asks for Colorlight devices; which of the two protocols one speaks it does not say. */
export async function discoverColorlight(scope: DiscoveryScope, signal: AbortSignal): Promise<FoundController[]> {
  const parse = (datagram: Buffer): string | null => {
    const answer = parseSearchAnswer(datagram);
    return answer === null || answer === 'short' ? null : answer.description;
  };
  const found = await askNetwork({ datagram: SEARCH_QUESTION, port: SEARCH_PORT, parse }, scope, signal);
  return [...found].map(([address, description]) => ({
    address,
    description,
    entry: { type: 'colorlight', host: address },
  }));
}
