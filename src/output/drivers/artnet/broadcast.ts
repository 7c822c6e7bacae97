import { networkInterfaces } from 'node:os';

/** Reaches everybody in the network, whatever it is (RFC 919). */
export const LIMITED_BROADCAST = '255.255.255.255';

/** The address at which everybody in the network of an own address listens (RFC 919). */
export function broadcastOf(address: string): string {
  const own = Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .find((entry) => entry.family === 'IPv4' && entry.address === address);
  if (own === undefined) return LIMITED_BROADCAST;
  const mask = own.netmask.split('.').map(Number);
  return own.address
    .split('.')
    .map((byte, index) => Number(byte) | (~(mask[index] ?? 255) & 0xff))
    .join('.');
}
