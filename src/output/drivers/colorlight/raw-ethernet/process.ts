import { readSync, writeSync } from 'node:fs';
import { RawEthernetSender } from './raw-ethernet-sender.js';

/**
 * The process that alone may send raw Ethernet frames (CAP_NET_RAW): started with the name of an interface, it reads records
 * (record.ts) on its standard input and says what happens (notice.ts) on its standard output. It ends when its input does,
 * however whoever started it ended.
 */
const STDIN = 0;
const STDOUT = 1;

const sender = new RawEthernetSender(process.argv[2] ?? '', {
  read: (target, offset) => readSync(STDIN, target, offset, target.length - offset, null),
  inputDescriptor: STDIN,
  say: (notice) => writeSync(STDOUT, `${JSON.stringify(notice)}\n`),
});
try {
  process.exitCode = sender.run();
} catch (failure) {
  // Whoever started it has gone, and with it the other end of these lines.
  if (!(failure instanceof Error && 'code' in failure && failure.code === 'EPIPE')) throw failure;
}
