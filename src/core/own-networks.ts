import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';

/** IPv4 addresses of this machine's interfaces, without loopback. */
export function ownAddresses(): string[] {
  return ipv4Networks()
    .filter(({ internal }) => !internal)
    .map(({ address }) => address);
}

/** The broadcast address of the network in which an IPv4 address of ours lies; null when it lies in none. */
export function broadcastAddressOf(address: string): string | null {
  const wanted = numberOf(address);
  for (const network of ipv4Networks()) {
    const mask = numberOf(network.netmask);
    if ((numberOf(network.address) & mask) === (wanted & mask)) return textOf((wanted & mask) | ~mask);
  }
  return null;
}

/** Whether an IPv4 address never leaves this machine (127.0.0.0/8, RFC 1122). */
export function isLoopback(address: string): boolean {
  return address.startsWith('127.');
}

function ipv4Networks(): NetworkInterfaceInfo[] {
  return Object.values(networkInterfaces()).flatMap((list) => (list ?? []).filter(({ family }) => family === 'IPv4'));
}

function numberOf(address: string): number {
  return address.split('.').reduce((number, byte) => (number << 8) | Number(byte), 0);
}

function textOf(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.');
}
