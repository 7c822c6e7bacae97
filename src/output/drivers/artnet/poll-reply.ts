/**
 * ArtPollReply, what a node says of itself (Art-Net 4 specification). Old ones end at byte 206.
 *
 * | byte    | field       | read as                                                               |
 * |---------|-------------|-----------------------------------------------------------------------|
 * | 0–7     | ID          | `Art-Net`, zero byte                                                  |
 * | 8–9     | OpCode      | little-endian 0x2100                                                  |
 * | 18      | NetSwitch   | bits 14–8 of its Port-Addresses                                       |
 * | 19      | SubSwitch   | bits 7–4                                                              |
 * | 26–43   | ShortName   | text, ended by a zero byte                                            |
 * | 44–107  | LongName    | text, ended by a zero byte                                            |
 * | 172–173 | NumPorts    | big-endian, at most 4                                                 |
 * | 174–177 | PortTypes   | 0x80: puts out what comes from Art-Net                                |
 * | 190–193 | SwOut       | bits 3–0 of each output's Port-Address                                |
 * | 211     | BindIndex   | which of the replies of one device this is; 0 and 1 are the first     |
 * | 226–227 | RefreshRate | big-endian, Hz; 0 = not said                                          |
 */
export type PollReply = {
  readonly bindIndex: number;
  /** Printable, one line. */
  readonly shortName: string;
  readonly longName: string;
  /** Port-Addresses (0..32767) that it puts out. */
  readonly outputs: readonly number[];
  /** Frames a second that it can show, null where it does not say. */
  readonly refreshRateHz: number | null;
};

const LEAST_BYTES = 207;
const OP_POLL_REPLY = 0x2100;
const MOST_PORTS = 4;
const PORT_IS_OUTPUT = 0x80;
const BIND_INDEX = 211;
const REFRESH_RATE = 226;

/** @returns null for anything that is no ArtPollReply */
export function parsePollReply(datagram: Buffer): PollReply | null {
  if (datagram.length < LEAST_BYTES || datagram.toString('latin1', 0, 8) !== 'Art-Net\0') return null;
  if (datagram.readUInt16LE(8) !== OP_POLL_REPLY) return null;
  const high = ((datagram.readUInt8(18) & 0x7f) << 8) | ((datagram.readUInt8(19) & 0x0f) << 4);
  const outputs: number[] = [];
  for (let port = 0; port < Math.min(MOST_PORTS, datagram.readUInt16BE(172)); port += 1) {
    const isOutput = (datagram.readUInt8(174 + port) & PORT_IS_OUTPUT) !== 0;
    if (isOutput) outputs.push(high | (datagram.readUInt8(190 + port) & 0x0f));
  }
  const rate = datagram.length >= REFRESH_RATE + 2 ? datagram.readUInt16BE(REFRESH_RATE) : 0;
  return {
    bindIndex: datagram.length > BIND_INDEX ? Math.max(1, datagram.readUInt8(BIND_INDEX)) : 1,
    shortName: textOf(datagram.subarray(26, 44)),
    longName: textOf(datagram.subarray(44, 108)),
    outputs,
    refreshRateHz: rate === 0 ? null : rate,
  };
}

function textOf(field: Buffer): string {
  const end = field.indexOf(0);
  const text = field.toString('utf8', 0, end < 0 ? field.length : end);
  return text.replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, ' ').trim();
}
