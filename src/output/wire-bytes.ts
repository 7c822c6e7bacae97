/** What every Ethernet frame costs besides its payload: header 14, check sequence 4, preamble 8, gap 12 (IEEE 802.3). */
const ETHERNET_BYTES = 38;
const SHORTEST_PAYLOAD = 46;
const LONGEST_PAYLOAD = 1_500;
const IP_BYTES = 20;
const UDP_BYTES = 8;

/** A full Ethernet frame on the wire, bytes. */
export const FULL_FRAME_WIRE_BYTES = LONGEST_PAYLOAD + ETHERNET_BYTES;

/** What an Ethernet frame with so much payload takes of the line, bytes. */
export function wireBytesOfFrame(payloadBytes: number): number {
  return Math.max(SHORTEST_PAYLOAD, payloadBytes) + ETHERNET_BYTES;
}

/** What a UDP datagram over IPv4 takes of the line, bytes: with all headers, in as many fragments as it needs. */
export function wireBytesOfUdp(payloadBytes: number): number {
  const bytes = payloadBytes + UDP_BYTES;
  const fragments = Math.ceil(bytes / (LONGEST_PAYLOAD - IP_BYTES));
  return fragments === 1 ? wireBytesOfFrame(bytes + IP_BYTES) : bytes + fragments * (IP_BYTES + ETHERNET_BYTES);
}
