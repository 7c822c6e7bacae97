/** How a client wants its RTP. `channel` is the first of two interleaved channels, `clientPort` the first of two UDP ports. */
export type Transport =
  { readonly kind: 'interleaved'; readonly channel: number } | { readonly kind: 'udp'; readonly clientPort: number };

/** The first of the client's wishes that can be met (RFC 2326, 12.39), or null when there is none. */
export function chooseTransport(header: string): Transport | null {
  for (const wish of header.split(',')) {
    const [protocol = '', ...parameters] = wish.split(';').map((part) => part.trim());
    if (parameters.includes('multicast')) continue;
    const value = (name: string): number | null => {
      const found = parameters.find((parameter) => parameter.startsWith(`${name}=`));
      const first = /^\d{1,5}/.exec(found?.slice(name.length + 1) ?? '')?.[0];
      return first === undefined ? null : Number(first);
    };
    if (protocol === 'RTP/AVP/TCP') {
      const channel = value('interleaved') ?? 0;
      if (channel <= 254) return { kind: 'interleaved', channel };
    }
    const clientPort = value('client_port');
    if ((protocol === 'RTP/AVP' || protocol === 'RTP/AVP/UDP') && clientPort !== null) {
      if (clientPort >= 1_024 && clientPort < 65_535) return { kind: 'udp', clientPort };
    }
  }
  return null;
}
