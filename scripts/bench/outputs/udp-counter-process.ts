import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** Multicast groups that are joined on loopback. */
export type CounterOptions = { readonly groups: readonly string[] };

/** Datagrams since the start: read, and dropped by the system because the socket's buffer was full. */
export type CountAnswer = { readonly port: number; readonly read: number; readonly dropped: number };

const RECEIVE_BUFFER_BYTES = 32 << 20;
/** Linux lets a socket be a member of so many groups (igmp_max_memberships); a socket receives what any other has joined. */
const GROUPS_PER_SOCKET = 20;

/** Entry of the process that counts datagrams; it ends with its parent. */
async function main({ groups }: CounterOptions): Promise<void> {
  let read = 0;
  const socket = await bound('0.0.0.0');
  socket.on('message', () => (read += 1));
  for (let from = 0; from < groups.length; from += GROUPS_PER_SOCKET) {
    const member = await bound('127.0.0.1');
    for (const group of groups.slice(from, from + GROUPS_PER_SOCKET)) member.addMembership(group, '127.0.0.1');
  }
  const { port } = socket.address();
  const answer = (): void => void process.send?.({ port, read, dropped: droppedAt(port) } satisfies CountAnswer);
  process.on('message', answer);
  process.on('disconnect', () => process.exit());
  answer();
}

async function bound(address: string): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: RECEIVE_BUFFER_BYTES });
  socket.bind(0, address);
  await once(socket, 'listening');
  return socket;
}

/** The last column of /proc/net/udp (proc(5)); addresses there are hexadecimal. */
function droppedAt(port: number): number {
  const address = `00000000:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = readFileSync('/proc/net/udp', 'utf8').split('\n');
  const columns = rows.map((row) => row.trim().split(/\s+/)).find((row) => row[1] === address);
  return Number(columns?.at(-1) ?? 0);
}

await main(JSON.parse(process.argv[2] ?? '{"groups":[]}') as CounterOptions);
