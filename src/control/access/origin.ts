import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

function hostNameOf(address: string): string | null {
  try {
    return new URL(address).hostname.replace(/^\[|\]$/g, '');
  } catch {
    // What cannot be read as an address is nobody's host.
    return null;
  }
}

/** The host name that a request was addressed to, without port and brackets; null when there is none. */
function requestHostName(headers: IncomingHttpHeaders): string | null {
  return headers.host === undefined ? null : hostNameOf(`http://${headers.host}`);
}

/**
 * Whether the page behind a WebSocket handshake may open one: no `Origin` (not a browser), a page of the same host on any
 * port, or a configured origin. Browsers send cookies along with cross-origin handshakes, so this is what keeps others out.
 */
export function isOriginAllowed(headers: IncomingHttpHeaders, configured: readonly string[]): boolean {
  const origin = headers.origin;
  if (origin === undefined) return true;
  if (configured.includes(origin)) return true;
  const originHost = hostNameOf(origin);
  return originHost !== null && originHost !== '' && originHost === requestHostName(headers);
}

/**
 * Whether a request is addressed to this machine by number or as localhost. Asked while control is open to everybody on
 * loopback: a foreign page whose name was made to resolve to 127.0.0.1 (DNS rebinding) is of "the same host" as its own requests.
 */
export function isAddressedByNumber(headers: IncomingHttpHeaders): boolean {
  const host = requestHostName(headers);
  return host !== null && (isIP(host) !== 0 || host === 'localhost' || host.endsWith('.localhost'));
}
