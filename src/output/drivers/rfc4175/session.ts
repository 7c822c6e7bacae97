import type { AddressInfo } from 'node:net';
import type { Socket } from 'node:dgram';
import { GlasshallError, messageOf } from '../../../core/errors.js';
import type { Size } from '../../../core/geometry.js';
import { reasonOf } from '../../network-errors.js';
import { connectUdp, type UdpPeer } from '../../udp-link.js';
import { isMulticast, type Rfc4175Options } from './options.js';
import { sessionDescription, type SessionAddress } from './sdp.js';

/** Multicast that nobody asked to travel stays in its own network (RFC 1112, section 6.1). */
const DEFAULT_TIME_TO_LIVE = 1;

/** Whom an output sends to. */
export function peerOf({ host, port, interface: from, timeToLive }: Rfc4175Options): UdpPeer {
  if (!isMulticast(host)) return { host, port };
  return { host, port, multicast: { interface: from ?? null, timeToLive: timeToLive ?? DEFAULT_TIME_TO_LIVE } };
}

/** A socket towards the destination, as the output's own; nothing is sent. @throws Error of the look-up or the system */
export async function openSocket(options: Rfc4175Options): Promise<Socket> {
  return (await connectUdp(peerOf(options))).socket;
}

/**
 * The session description of an output. Both addresses are those that the system would use now.
 * @throws GlasshallError `not-describable` while there is no way to the destination, which nobody can describe then
 */
export async function describeSession(options: Rfc4175Options, size: Size, framesPerSecond: number): Promise<string> {
  const [origin, destination] = await endsOf(options);
  const timeToLive = peerOf(options).multicast?.timeToLive ?? null;
  return sessionDescription({ options, size, framesPerSecond, origin, destination, timeToLive });
}

async function endsOf(options: Rfc4175Options): Promise<[SessionAddress, SessionAddress]> {
  try {
    const socket = await openSocket(options);
    const ends = [socket.address(), socket.remoteAddress()].map(addressOf) as [SessionAddress, SessionAddress];
    socket.close();
    return ends;
  } catch (failure) {
    const words = `there is no way to ${options.host} from here: ${messageOf(failure)}`;
    throw new GlasshallError('not-describable', words, { output: options.id, reason: reasonOf(failure) });
  }
}

function addressOf({ address, family }: AddressInfo): SessionAddress {
  return { address, family: family === 'IPv6' ? 6 : 4 };
}
