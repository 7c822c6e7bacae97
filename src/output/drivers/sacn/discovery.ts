/**
 * Universe discovery packets (E1.31-2018, 6.4 and 8): what a source tells everybody every ten seconds. After the root layer,
 * see packet.ts, big-endian:
 *
 * | byte    | field            | here                                              |
 * |---------|------------------|---------------------------------------------------|
 * | 38–39   | flags and length | 0x7000 | bytes from here on                       |
 * | 40–43   | vector           | 2                                                 |
 * | 44–107  | source name      | UTF-8, ended by a zero byte                       |
 * | 108–111 | reserved         | 0                                                 |
 * | 112–113 | flags and length | 0x7000 | bytes from here on                       |
 * | 114–117 | vector           | 1, list of universes                              |
 * | 118     | page             | from 0                                            |
 * | 119     | last page        |                                                   |
 * | 120–    | universes        | two bytes each, rising, at most 512 a page        |
 */
import { writeExtendedHeader, writeFlagsAndLength, type Source } from './packet.js';

/** Discovery packets go to this universe. */
export const DISCOVERY_UNIVERSE = 64_214;
export const DISCOVERY_EVERY_MS = 10_000;

const LIST_LAYER = 112;
const LIST = 120;
const UNIVERSES_PER_PAGE = 512;

/** The packets, one a page, that announce universes of one output: `count` of them from `first` on. */
export function discoveryPackets(source: Source, first: number, count: number): Buffer[] {
  const pageCount = Math.ceil(count / UNIVERSES_PER_PAGE);
  return Array.from({ length: pageCount }, (_, page) => {
    const from = page * UNIVERSES_PER_PAGE;
    const length = Math.min(UNIVERSES_PER_PAGE, count - from);
    const packet = Buffer.alloc(LIST + length * 2);
    writeExtendedHeader(packet, source, 2);
    writeFlagsAndLength(packet, LIST_LAYER);
    packet.writeUInt32BE(1, 114);
    packet.writeUInt8(page, 118);
    packet.writeUInt8(pageCount - 1, 119);
    for (let index = 0; index < length; index += 1) packet.writeUInt16BE(first + from + index, LIST + index * 2);
    return packet;
  });
}
