import type { AddressInfo } from 'node:net';
import type { Socket } from 'node:dgram';
import { GlasshallError, messageOf } from '../../../core/errors.js';
import type { Size } from '../../../core/geometry.js';
import { connectMulticast, DEFAULT_TIME_TO_LIVE } from '../../multicast-link.js';
import { reasonOf } from '../../network-errors.js';
import { connectUdp } from '../../udp-link.js';
import { isMulticast, type Rfc4175Options } from './options.js';
import { sessionDescription, type SessionAddress } from './sdp.js';

/** A socket towards the destination, as the output's own; nothing is sent. @throws Error of the look-up or the system */
export async function openSocket({ host, port, interface: from, timeToLive }: Rfc4175Options): Promise<Socket> {
  if (!isMulticast(host)) return (await connectUdp({ host, port })).socket;
  return connectMulticast({ host, port, interface: from ?? null, timeToLive: timeToLive ?? DEFAULT_TIME_TO_LIVE });
}

/**
 * The session description of an output. Both addresses are those that the system would use now.
 * @throws GlasshallError `not-describable` while there is no way to the destination, which nobody can describe then
 */
export async function describeSession(options: Rfc4175Options, size: Size, framesPerSecond: number): Promise<string> {
  const [origin, destination] = await endsOf(options);
  const timeToLive = isMulticast(options.host) ? (options.timeToLive ?? DEFAULT_TIME_TO_LIVE) : null;
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
