// Devices of every protocol over UDP, in the network in which this is started: takes what comes to their ports, answers the
// questions that DDP displays and Art-Net nodes answer, and says ten times a second how many datagrams came where.
import { createSocket } from 'node:dgram';

const [, , address = '', given = '{}'] = process.argv;
/** Name → port, and the group where one is to be joined. */
const devices = JSON.parse(given);

const ddpStatus = Buffer.from('{"status":{"mod":"far display"}}');
const ddpReply = Buffer.concat([Buffer.from([0x45, 0, 0, 251, 0, 0, 0, 0, 0, ddpStatus.length]), ddpStatus]);
const artPollReply = Buffer.alloc(239);
artPollReply.write('Art-Net\0', 'latin1');
artPollReply.writeUInt16LE(0x2100, 8);

function answerTo(datagram) {
  // DDP: version 1 with the query flag. Art-Net: ArtPoll.
  if (datagram.length === 10 && datagram[0] === 0x42) return ddpReply;
  if (datagram.length === 14 && datagram.readUInt16LE(8) === 0x2000) return artPollReply;
  return null;
}

const counts = {};
for (const [name, { port, group }] of Object.entries(devices)) {
  counts[name] = 0;
  const socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 20 });
  socket.on('message', (datagram, from) => {
    const answer = answerTo(datagram);
    if (answer === null) counts[name] += 1;
    else socket.send(answer, from.port, from.address, () => undefined);
  });
  socket.bind(port, () => {
    if (group !== undefined) socket.addMembership(group, address);
  });
}
setInterval(() => process.stdout.write(`${JSON.stringify(counts)}\n`), 100);
process.stdout.on('error', () => process.exit());
