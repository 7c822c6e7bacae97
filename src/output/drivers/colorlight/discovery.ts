import { networkInterfaces } from 'node:os';
import { withDeadline } from '../../../core/deadline.js';
import { silentLogger } from '../../../core/logger.js';
import type { DiscoveryScope, FoundController } from '../../output-module.js';
import type { CardReply } from './packet.js';
import { askCard, queryRecord } from './probe.js';
import { RawEthernetLink } from './raw-ethernet/raw-ethernet-link.js';

/**
 * Asks for cards behind the interfaces of these addresses. The port of a wall often has no IPv4 address at all: who looks from every
 * address of the machine looks behind such interfaces, too. Finds nothing where raw Ethernet is not permitted.
 */
export async function discoverColorlight(scope: DiscoveryScope, signal: AbortSignal): Promise<FoundController[]> {
  const found = await withDeadline(scope.timeoutMs, signal, (deadline) =>
    Promise.all(interfacesIn(scope).map((name) => find(name, deadline))),
  );
  return found.filter((controller) => controller !== null);
}

async function find(name: string, signal: AbortSignal): Promise<FoundController | null> {
  const link = new RawEthernetLink(name, silentLogger);
  const query = queryRecord();
  link.start();
  try {
    const card = await askCard(link, () => link.write(query, 1), signal);
    if (card === null) return null;
    return { address: name, description: describe(card), entry: { type: 'colorlight', interface: name } };
  } finally {
    await link.close();
  }
}

function describe({ firmwareMajor, firmwareMinor, widthPx, heightPx }: CardReply): string {
  return `Colorlight receiving card, firmware ${firmwareMajor}.${firmwareMinor}, ${widthPx}×${heightPx}`;
}

function interfacesIn({ interfaces }: DiscoveryScope): string[] {
  const all = Object.entries(networkInterfaces()).map(([name, addresses = []]) => ({
    name,
    isInternal: addresses.some(({ internal }) => internal),
    addresses: addresses.filter(({ family }) => family === 'IPv4').map(({ address }) => address),
  }));
  const outer = all.filter(({ isInternal }) => !isInternal);
  const looksEverywhere = outer.every(({ addresses }) => addresses.every((address) => interfaces.includes(address)));
  return outer
    .filter(({ addresses }) =>
      addresses.length === 0 ? looksEverywhere : addresses.some((address) => interfaces.includes(address)),
    )
    .map(({ name }) => name);
}
