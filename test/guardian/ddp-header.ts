/** What a display reads of a DDP packet (3waylabs, 2022-09-05). */
export function readHeader(datagram: Buffer): {
  readonly isPush: boolean;
  readonly isQuery: boolean;
  readonly offset: number;
  readonly data: Buffer;
} {
  const flags = datagram.readUInt8(0);
  return {
    isPush: (flags & 0x01) !== 0,
    isQuery: (flags & 0x02) !== 0,
    offset: datagram.readUInt32BE(4),
    data: datagram.subarray(10),
  };
}
