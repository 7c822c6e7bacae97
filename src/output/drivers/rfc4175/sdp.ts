import { createHash } from 'node:crypto';
import type { Size } from '../../../core/geometry.js';
import type { Rfc4175Options } from './options.js';
import { CLOCK_RATE, PAYLOAD_TYPE } from './packet.js';

/** An address as SDP writes it. */
export type SessionAddress = { readonly address: string; readonly family: 4 | 6 };

/** What a session description says. */
export type Session = {
  readonly options: Pick<Rfc4175Options, 'id' | 'port' | 'sampling' | 'depth' | 'colorimetry'>;
  readonly size: Size;
  readonly framesPerSecond: number;
  /** The address of this machine from which packets leave. */
  readonly origin: SessionAddress;
  readonly destination: SessionAddress;
  /** Of multicast; null for a single receiver. */
  readonly timeToLive: number | null;
};

/**
 * The session description (RFC 4566) of an output, with the format parameters of SMPTE ST 2110-20, section 7. Equal sessions
 * give equal texts.
 *
 * It claims no clock that is not there: without PTP, timestamps begin anywhere and follow this machine's clock. That is
 * `mediaclk:sender` (RFC 7273, section 5.1), not `direct=0`, and there is no `ts-refclk`. `2110TPW` is the widest type of
 * sender of ST 2110-21; against its figures nothing has been measured.
 */
export function sessionDescription(session: Session): string {
  const { options, origin, destination, timeToLive } = session;
  const lines = [
    `s=${options.id}`,
    't=0 0',
    `m=video ${options.port} RTP/AVP ${PAYLOAD_TYPE}`,
    // RFC 4566, section 5.7: the time to live is written for IPv4 multicast, and for nothing else.
    `c=${network(destination)}${timeToLive === null || destination.family === 6 ? '' : `/${timeToLive}`}`,
    `a=rtpmap:${PAYLOAD_TYPE} raw/${CLOCK_RATE}`,
    `a=fmtp:${PAYLOAD_TYPE} ${formatParameters(session)}`,
    'a=mediaclk:sender',
  ];
  // A changed session is another one: its number is made of what it says.
  const number = createHash('sha256').update(lines.join('\n')).digest().readUIntBE(0, 6);
  return ['v=0', `o=- ${number} 1 ${network(origin)}`, ...lines, ''].join('\r\n');
}

function formatParameters({ options, size, framesPerSecond }: Session): string {
  const parameters = {
    sampling: options.sampling,
    width: size.widthPx,
    height: size.heightPx,
    exactframerate: framesPerSecond,
    depth: options.depth,
    colorimetry: options.colorimetry,
    PM: '2110GPM',
    SSN: 'ST2110-20:2017',
    TCS: 'SDR',
    RANGE: options.sampling === 'RGB' ? 'FULL' : 'NARROW',
    TP: '2110TPW',
  };
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
}

function network({ address, family }: SessionAddress): string {
  return `IN IP${family} ${address}`;
}
