import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Capture files of bare IP packets (LINKTYPE_RAW). */
const RAW_IP = 101;

/** What Wireshark's dissectors read in datagrams sent to a port: for each, the given fields as text; without one, an empty text. */
export async function dissect(
  datagrams: readonly Buffer[],
  port: number,
  fields: readonly string[],
  options: readonly string[] = [],
): Promise<Record<string, string>[]> {
  const folder = await mkdtemp(join(tmpdir(), 'glasshall-dissect-'));
  try {
    const file = join(folder, 'datagrams.pcap');
    await writeFile(file, Buffer.concat([fileHeader(), ...datagrams.map((each, index) => record(each, port, index))]));
    const wanted = fields.flatMap((field) => ['-e', field]);
    const { stdout } = await run('tshark', ['-r', file, ...options, '-T', 'fields', '-E', 'separator=|', ...wanted], {
      maxBuffer: 64 << 20,
    });
    return stdout
      .trimEnd()
      .split('\n')
      .map((line) => Object.fromEntries(line.split('|').map((text, index) => [fields[index] ?? '', text])));
  } finally {
    await rm(folder, { recursive: true });
  }
}

function fileHeader(): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(65_535, 16);
  header.writeUInt32LE(RAW_IP, 20);
  return header;
}

function record(datagram: Buffer, port: number, index: number): Buffer {
  const head = Buffer.alloc(16 + 20 + 8);
  head.writeUInt32LE(index, 0);
  head.writeUInt32LE(28 + datagram.length, 8);
  head.writeUInt32LE(28 + datagram.length, 12);
  head.writeUInt8(0x45, 16);
  head.writeUInt16BE(28 + datagram.length, 18);
  head.writeUInt8(64, 24);
  head.writeUInt8(17, 25);
  head.set([127, 0, 0, 1, 127, 0, 0, 1], 28);
  head.writeUInt16BE(port, 36);
  head.writeUInt16BE(port, 38);
  head.writeUInt16BE(8 + datagram.length, 40);
  return Buffer.concat([head, datagram]);
}
