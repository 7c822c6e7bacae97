import type { Clip } from '../clips/clip.js';
import { FRAMES_PER_SECOND } from '../clips/clip.js';
import { H264_PAYLOAD_TYPE, RTP_CLOCK_HZ } from './packets.js';

/** The last part of the address by which a client sets up the picture of a stream. */
export const TRACK_PATH = 'track1';

/**
 * Describes a stream (RFC 4566; RFC 2326, appendix C; RFC 6184, 8.2.1).
 * @param address the RTSP address of the stream, without a slash at the end
 */
export function sessionDescription(clip: Clip, name: string, address: string): string {
  const parameterSets = [clip.sequenceParameters, ...clip.pictureParameters].map((set) => set.toString('base64'));
  const profileAndLevel = clip.sequenceParameters.toString('hex', 1, 4).toUpperCase();
  const lines = [
    'v=0',
    'o=- 0 0 IN IP4 127.0.0.1',
    `s=${name}`,
    'c=IN IP4 0.0.0.0',
    't=0 0',
    `a=control:${address}`,
    'a=range:npt=now-',
    `m=video 0 RTP/AVP ${H264_PAYLOAD_TYPE}`,
    `a=rtpmap:${H264_PAYLOAD_TYPE} H264/${RTP_CLOCK_HZ}`,
    `a=fmtp:${H264_PAYLOAD_TYPE} packetization-mode=1;profile-level-id=${profileAndLevel};sprop-parameter-sets=${parameterSets.join(',')}`,
    `a=framerate:${FRAMES_PER_SECOND}`,
    `a=control:${address}/${TRACK_PATH}`,
    'a=recvonly',
  ];
  return `${lines.join('\r\n')}\r\n`;
}
