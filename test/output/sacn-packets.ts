/** Reads sACN the way a strict receiver would, written from the byte tables of E1.31-2018 alone. */
export type SacnPacket = { readonly cid: string } & (
  | {
      readonly kind: 'data';
      readonly name: string;
      readonly priority: number;
      readonly syncAddress: number;
      readonly sequence: number;
      readonly options: number;
      readonly universe: number;
      readonly slots: Buffer;
    }
  | { readonly kind: 'sync'; readonly sequence: number; readonly syncAddress: number }
  | {
      readonly kind: 'discovery';
      readonly name: string;
      readonly page: number;
      readonly lastPage: number;
      readonly universes: readonly number[];
    }
);

/** @throws Error that names the field which is wrong */
export function readSacn(packet: Buffer): SacnPacket {
  same('preamble', packet.readUInt32BE(0), 0x00100000);
  same('identifier', packet.toString('latin1', 4, 16), 'ASC-E1.17\0\0\0');
  same('root length', packet.readUInt16BE(16), 0x7000 + packet.length - 16);
  same('framing length', packet.readUInt16BE(38), 0x7000 + packet.length - 38);
  const cid = packet.toString('hex', 22, 38);
  const root = packet.readUInt32BE(18);
  const framing = packet.readUInt32BE(40);
  if (root === 4 && framing === 2) return { cid, ...readData(packet) };
  if (root === 8 && framing === 1) return { cid, ...readSync(packet) };
  if (root === 8 && framing === 2) return { cid, ...readDiscovery(packet) };
  throw new Error(`vectors ${root} and ${framing}`);
}

function readData(packet: Buffer): Omit<Extract<SacnPacket, { kind: 'data' }>, 'cid'> {
  same('DMP length', packet.readUInt16BE(115), 0x7000 + packet.length - 115);
  same('DMP vector and type', packet.readUInt16BE(117), 0x02a1);
  same('first address', packet.readUInt16BE(119), 0);
  same('increment', packet.readUInt16BE(121), 1);
  const slots = packet.subarray(126);
  same('property count', packet.readUInt16BE(123), slots.length + 1);
  same('start code', packet.readUInt8(125), 0);
  return {
    kind: 'data',
    name: nameIn(packet),
    priority: packet.readUInt8(108),
    syncAddress: packet.readUInt16BE(109),
    sequence: packet.readUInt8(111),
    options: packet.readUInt8(112),
    universe: packet.readUInt16BE(113),
    slots,
  };
}

function readSync(packet: Buffer): Omit<Extract<SacnPacket, { kind: 'sync' }>, 'cid'> {
  same('length', packet.length, 49);
  same('reserved', packet.readUInt16BE(47), 0);
  return { kind: 'sync', sequence: packet.readUInt8(44), syncAddress: packet.readUInt16BE(45) };
}

function readDiscovery(packet: Buffer): Omit<Extract<SacnPacket, { kind: 'discovery' }>, 'cid'> {
  same('reserved', packet.readUInt32BE(108), 0);
  same('list length', packet.readUInt16BE(112), 0x7000 + packet.length - 112);
  same('list vector', packet.readUInt32BE(114), 1);
  const universes: number[] = [];
  for (let at = 120; at < packet.length; at += 2) universes.push(packet.readUInt16BE(at));
  return {
    kind: 'discovery',
    name: nameIn(packet),
    page: packet.readUInt8(118),
    lastPage: packet.readUInt8(119),
    universes,
  };
}

function nameIn(packet: Buffer): string {
  same('end of the name', packet.readUInt8(107), 0);
  const field = packet.subarray(44, 108);
  return field.toString('utf8', 0, field.indexOf(0));
}

function same(field: string, found: unknown, expected: unknown): void {
  if (found !== expected) throw new Error(`${field}: ${String(found)} instead of ${String(expected)}`);
}
