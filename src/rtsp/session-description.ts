import type { Codec } from './access-unit.js';
import type { NetworkUnit } from './network-units.js';
import { RTP_CLOCK_HZ, VIDEO_PAYLOAD_TYPE } from './packets.js';

/** What a client must know to decode a stream. */
export type StreamFormat = {
  readonly codec: Codec;
  readonly framesPerSecond: number;
  /** Of H.265 alone. */
  readonly videoParameters: NetworkUnit | null;
  readonly sequenceParameters: NetworkUnit;
  readonly pictureParameters: readonly NetworkUnit[];
};

/** The last part of the address by which a client sets up the picture of a stream. */
export const TRACK_PATH = 'track1';

/**
 * Describes a stream (RFC 4566; RFC 2326, appendix C).
 * @param address the RTSP address of the stream, without a slash at the end
 */
export function sessionDescription(format: StreamFormat, name: string, address: string): string {
  const lines = [
    'v=0',
    'o=- 0 0 IN IP4 0.0.0.0',
    `s=${name}`,
    'c=IN IP4 0.0.0.0',
    't=0 0',
    `a=control:${address}`,
    'a=range:npt=now-',
    `m=video 0 RTP/AVP ${VIDEO_PAYLOAD_TYPE}`,
    `a=rtpmap:${VIDEO_PAYLOAD_TYPE} ${format.codec.toUpperCase()}/${RTP_CLOCK_HZ}`,
    `a=fmtp:${VIDEO_PAYLOAD_TYPE} ${format.codec === 'h264' ? h264Parameters(format) : h265Parameters(format)}`,
    `a=framerate:${format.framesPerSecond}`,
    `a=control:${address}/${TRACK_PATH}`,
    'a=recvonly',
  ];
  return `${lines.join('\r\n')}\r\n`;
}

/** RFC 6184, 8.2.1. */
function h264Parameters({ sequenceParameters, pictureParameters }: StreamFormat): string {
  const sets = [sequenceParameters, ...pictureParameters].map((set) => set.toString('base64'));
  const profileAndLevel = sequenceParameters.toString('hex', 1, 4).toUpperCase();
  return `packetization-mode=1;profile-level-id=${profileAndLevel};sprop-parameter-sets=${sets.join(',')}`;
}

/** RFC 7798, 7.1. */
function h265Parameters(format: StreamFormat): string {
  const [pictureParameters] = format.pictureParameters;
  const sets = { vps: format.videoParameters, sps: format.sequenceParameters, pps: pictureParameters };
  return Object.entries(sets)
    .map(([name, set]) => `sprop-${name}=${set?.toString('base64') ?? ''}`)
    .join(';');
}
