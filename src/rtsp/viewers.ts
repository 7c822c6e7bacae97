import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { isIPv6, type Socket } from 'node:net';
import { GlasshallError } from '../core/errors.js';
import type { RtpSession } from './rtp-session.js';
import type { RtpPackets } from './packets.js';
import type { OpenViewer } from './served-stream.js';

/** What a client may leave unread before it is dropped: some seconds of a main stream. */
export const LARGEST_BACKLOG_BYTES = 4_000_000;
const INTERLEAVED_HEADER_BYTES = 4;

/** A key frame sent at once would overflow the receive buffer of most systems, so it leaves in bursts, as from a network card. */
const UDP_BURST_PACKETS = 20;
const UDP_BURST_INTERVAL_MS = 2;
const LARGEST_UDP_QUEUE_PACKETS = 4_000;
const PORT_TRIES = 50;

/** A viewer that RTP reaches over its RTSP connection (RFC 2326, 10.12). */
export class InterleavedViewer implements OpenViewer {
  readonly #connection: Socket;
  readonly #session: RtpSession;
  readonly #channel: number;

  /** @param channel of RTP; RTCP has the next one */
  constructor(connection: Socket, session: RtpSession, channel: number) {
    this.#connection = connection;
    this.#session = session;
    this.#channel = channel;
  }

  deliver(packets: RtpPackets, ticks: number): void {
    if (this.#connection.writableLength > LARGEST_BACKLOG_BYTES) {
      this.#connection.destroy();
      return;
    }
    const report = this.#session.dueReport(ticks);
    if (report !== null) {
      const header = Buffer.from([0x24, this.#channel + 1, report.length >> 8, report.length & 0xff]);
      this.#connection.write(Buffer.concat([header, report]));
    }
    for (const bytes of this.#session.address(packets, ticks, this.#channel)) this.#connection.write(bytes);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** From where and to where RTP goes by UDP. */
export type UdpWay = {
  readonly localAddress: string;
  readonly address: string;
  /** Where the client takes RTP; RTCP goes to the next one. */
  readonly clientPort: number;
};

/** A viewer that RTP reaches by UDP (RFC 2326, 12.39), from a pair of ports of its own. */
export class UdpViewer implements OpenViewer {
  readonly #rtp: UdpSocket;
  readonly #rtcp: UdpSocket;
  readonly #session: RtpSession;
  readonly #address: string;
  readonly #clientPort: number;
  readonly #queue: Buffer[] = [];
  #timer: NodeJS.Timeout | null = null;
  #closing: Promise<void> | null = null;

  private constructor(sockets: UdpPair, session: RtpSession, address: string, clientPort: number) {
    [this.#rtp, this.#rtcp] = sockets;
    this.#session = session;
    this.#address = address;
    this.#clientPort = clientPort;
  }

  /** @param onReport called when the client reports, i.e. is alive. @throws GlasshallError `udp-ports-exhausted` */
  static async open(session: RtpSession, way: UdpWay, onReport: () => void): Promise<UdpViewer> {
    const sockets = await openUdpPair(way.localAddress);
    const viewer = new UdpViewer(sockets, session, way.address, way.clientPort);
    for (const socket of sockets) {
      // A client that is gone answers with ICMP errors; its session then times out.
      socket.on('error', () => undefined);
    }
    sockets[1].on('message', onReport);
    return viewer;
  }

  /** The even port that RTP comes from. */
  get serverPort(): number {
    return this.#rtp.address().port;
  }

  deliver(packets: RtpPackets, ticks: number): void {
    if (this.#closing !== null) return;
    const report = this.#session.dueReport(ticks);
    if (report !== null) this.#rtcp.send(report, this.#clientPort + 1, this.#address, () => undefined);
    for (const bytes of this.#session.address(packets, ticks, 0)) {
      let at = 0;
      while (at < bytes.length) {
        const end = at + INTERLEAVED_HEADER_BYTES + bytes.readUInt16BE(at + 2);
        this.#queue.push(bytes.subarray(at + INTERLEAVED_HEADER_BYTES, end));
        at = end;
      }
    }
    if (this.#queue.length > LARGEST_UDP_QUEUE_PACKETS) this.#queue.length = 0;
    if (this.#timer === null) this.#sendBurst();
  }

  close(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#closing ??= Promise.all([closeUdp(this.#rtp), closeUdp(this.#rtcp)]).then(() => undefined);
    return this.#closing;
  }

  #sendBurst(): void {
    this.#timer = null;
    for (const packet of this.#queue.splice(0, UDP_BURST_PACKETS)) {
      this.#rtp.send(packet, this.#clientPort, this.#address, () => undefined);
    }
    if (this.#queue.length > 0) this.#timer = setTimeout(() => this.#sendBurst(), UDP_BURST_INTERVAL_MS);
  }
}

type UdpPair = readonly [UdpSocket, UdpSocket];

/** An even port and the one above it (RFC 3550, 11). @throws GlasshallError `udp-ports-exhausted` */
async function openUdpPair(address: string): Promise<UdpPair> {
  for (let attempt = 0; attempt < PORT_TRIES; attempt += 1) {
    const rtp = await bindUdp(0, address);
    const port = rtp?.address().port ?? 1;
    const rtcp = rtp !== null && port % 2 === 0 ? await bindUdp(port + 1, address) : null;
    if (rtp !== null && rtcp !== null) return [rtp, rtcp];
    if (rtp !== null) await closeUdp(rtp);
  }
  throw new GlasshallError('udp-ports-exhausted', 'no pair of free UDP ports for RTP');
}

function bindUdp(port: number, address: string): Promise<UdpSocket | null> {
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  return new Promise((resolve) => {
    socket.once('error', () => {
      socket.close();
      resolve(null);
    });
    socket.bind(port, address, () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}

function closeUdp(socket: UdpSocket): Promise<void> {
  return new Promise((resolve) => socket.close(() => resolve()));
}
