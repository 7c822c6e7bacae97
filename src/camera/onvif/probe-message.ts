import { z } from 'zod';
import { parseEnvelope } from './node-onvif.js';

/** One camera's answer to a probe. */
export type ProbeMatch = {
  /** Identity of the device, the same on every interface and after every start. */
  readonly urn: string;
  /** Addresses of its device service, as it tells them; at least one. */
  readonly xaddrs: readonly string[];
  readonly name: string;
  readonly hardware: string;
  readonly location: string;
};

/**
 * A WS-Discovery probe for video transmitters (WS-Discovery, April 2005, 5.2; types by ONVIF Core, 7.3.2).
 * @param messageId a `urn:uuid:…`
 */
export function probeMessage(messageId: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"' +
    ' xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" xmlns:dn="http://www.onvif.org/ver10/network/wsdl">' +
    '<s:Header><a:Action s:mustUnderstand="1">http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</a:Action>' +
    `<a:MessageID>${messageId}</a:MessageID>` +
    '<a:ReplyTo><a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo>' +
    '<a:To s:mustUnderstand="1">urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To></s:Header>' +
    '<s:Body><d:Probe><d:Types>dn:NetworkVideoTransmitter</d:Types></d:Probe></s:Body></s:Envelope>'
  );
}

const text = z.union([z.string(), z.object({ _: z.string() }).transform((element) => element._)]);
const words = text.transform((value) => value.split(/\s+/).filter((word) => word !== ''));

const match = z.object({
  EndpointReference: z.object({ Address: text }),
  XAddrs: words,
  Scopes: words.optional().catch(undefined),
});

const envelope = z.object({
  Header: z.object({ RelatesTo: text }),
  Body: z.object({
    ProbeMatches: z.object({
      ProbeMatch: z.union([z.array(z.unknown()), z.unknown().transform((one) => [one])]),
    }),
  }),
});

/**
 * The matches in a datagram, if it answers the probe with this id. Anything else on the port gives none: stray messages,
 * other people's answers, nonsense.
 */
export async function readProbeMatches(datagram: string, messageId: string): Promise<readonly ProbeMatch[]> {
  let parsed: unknown;
  try {
    parsed = await parseEnvelope(datagram);
  } catch {
    return []; // Not XML: not an answer.
  }
  const answer = envelope.safeParse(parsed);
  if (!answer.success || bare(answer.data.Header.RelatesTo) !== bare(messageId)) return [];
  return answer.data.Body.ProbeMatches.ProbeMatch.flatMap((one) => {
    const found = match.safeParse(one);
    if (!found.success) return [];
    const xaddrs = found.data.XAddrs.filter((address) => /^https?:\/\//i.test(address) && URL.canParse(address));
    const scopes = found.data.Scopes ?? [];
    if (xaddrs.length === 0) return [];
    return {
      urn: found.data.EndpointReference.Address.trim(),
      xaddrs,
      name: scopeValue(scopes, 'name'),
      hardware: scopeValue(scopes, 'hardware'),
      location: scopeValue(scopes, 'location'),
    };
  });
}

/** Some devices answer with `uuid:…` to `urn:uuid:…`. */
function bare(id: string): string {
  return id.trim().toLowerCase().replace(/^urn:/, '');
}

/** ONVIF Core, 7.3.3: `onvif://www.onvif.org/name/…`, percent-encoded. */
function scopeValue(scopes: readonly string[], kind: string): string {
  const prefix = `onvif://www.onvif.org/${kind}/`;
  const value = scopes.find((scope) => scope.startsWith(prefix))?.slice(prefix.length) ?? '';
  try {
    return decodeURIComponent(value).replaceAll('_', ' ');
  } catch {
    return value; // Not percent-encoded.
  }
}
