import { createHash } from 'node:crypto';

/** Our own name space: everything that is named below it has the same UUID on every machine and after every restart. */
const GLASSHALL_NAMESPACE = '8c0f7f0e-3c53-4d8b-9f0d-6a2f54e1b7c9';

/** UUID version 5 (RFC 9562, section 5.5): SHA-1 over the name space and the name. */
export function uuidVersion5(namespace: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name, 'utf8')
    .digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex', 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The UUID of a layout as a scene, or of a source as an input. */
export function stableUuid(kind: 'layout' | 'source' | 'transition', id: string): string {
  return uuidVersion5(GLASSHALL_NAMESPACE, `${kind}:${id}`);
}
