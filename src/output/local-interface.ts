import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';

/** The interface that has an own address. No socket is told when it is switched off or its line taken away: it has to be looked at. */
export class LocalInterface {
  readonly #address: string;
  #name: string | null;

  constructor(address: string) {
    // Without the scope of a link-local address.
    this.#address = address.replace(/%.*$/, '');
    this.#name = nameOf(this.#address);
  }

  /** Why nothing leaves through it: `no-carrier`, `network-unreachable` (switched off), `no-interface`, `bad-address` (it has the address no more). */
  get problem(): string | null {
    if (isEverywhere(this.#address)) return null;
    const name = nameOf(this.#address);
    if (name === null) return this.#name === null ? 'no-carrier' : stateOf(this.#name);
    this.#name = name;
    return null;
  }
}

/** The name of the interface with an address, null while none that is up and plugged in has it. */
function nameOf(address: string): string | null {
  const found = Object.entries(networkInterfaces()).find(([, held]) => held?.some((each) => each.address === address));
  return found?.[0] ?? null;
}

/** Addresses that no one interface has: loopback is a whole network, and any address is none. */
function isEverywhere(address: string): boolean {
  return /^(127\.|0\.0\.0\.0$|::1?$)/.test(address);
}

/** Of an interface that is not up and plugged in. */
function stateOf(name: string): string {
  try {
    // The kernel refuses to tell while the interface is switched off.
    return readFileSync(`/sys/class/net/${name}/carrier`, 'latin1').startsWith('0') ? 'no-carrier' : 'bad-address';
  } catch (failure) {
    return failure instanceof Error && 'code' in failure && failure.code === 'ENOENT'
      ? 'no-interface'
      : 'network-unreachable';
  }
}
