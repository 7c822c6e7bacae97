import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Names of ours get identifiers in a space of their own (RFC 9562, 5.5). */
const NAMESPACE = Buffer.from('1f0f6f3c52a94cf1a6a43a2b5a7c9b6d', 'hex');

/**
 * The CID of a source: a UUID (RFC 9562, version 5) made of this machine and the given name, so that it stays the same over restarts,
 * in whichever process it is asked for, and differs from machine to machine. The machine's own identity cannot be read from it.
 */
export function sourceId(name: string): Uint8Array {
  const hash = createHash('sha1').update(NAMESPACE).update(`${machine()}\n${name}`).digest().subarray(0, 16);
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return hash;
}

function machine(): string {
  try {
    const id = readFileSync('/etc/machine-id', 'utf8').trim();
    if (id !== '') return id;
  } catch {
    // A container may have none.
  }
  return hostname();
}
