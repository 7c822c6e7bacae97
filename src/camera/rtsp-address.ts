import { GlasshallError } from '../core/errors.js';

/** Who asks. Both may be empty. */
export type Credentials = { readonly username: string; readonly password: string };

/** Percent-encodes for the user information of an address; also what `encodeURIComponent` leaves alone but quoting does not. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/**
 * The address with these credentials in it; those it already has stay when none are given.
 * @throws GlasshallError `bad-address`
 */
export function withCredentials(address: string, { username, password }: Credentials): string {
  const parts = /^(rtsps?:\/\/)(?:([^/?#]*)@)?([^/?#@]+)(.*)$/i.exec(address);
  if (parts === null) throw new GlasshallError('bad-address', 'not an RTSP address');
  const [, scheme = '', own, host = '', rest = ''] = parts;
  const given = username === '' && password === '' ? own : `${encode(username)}:${encode(password)}`;
  return given === undefined ? `${scheme}${host}${rest}` : `${scheme}${given}@${host}${rest}`;
}

/** The password inside an address, decoded, or an empty text: it is a secret wherever it was written. */
export function passwordInside(address: string): string {
  const inside = /^rtsps?:\/\/[^/?#@:]*:([^/?#]*)@/i.exec(address)?.[1] ?? '';
  try {
    return decodeURIComponent(inside);
  } catch {
    return inside; // Not percent-encoded: it is the password as it stands.
  }
}

/**
 * The address on another host, with its scheme, port, path and query as they are. A camera behind address translation
 * tells the address that it has on its own network.
 */
export function withHost(address: string, host: string): string {
  const parts = /^([a-z]+:\/\/(?:[^/?#]*@)?)(\[[^\]]*\]|[^:/?#]+)(.*)$/i.exec(address);
  if (parts === null) return address;
  const [, before = '', , after = ''] = parts;
  return `${before}${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}${after}`;
}
