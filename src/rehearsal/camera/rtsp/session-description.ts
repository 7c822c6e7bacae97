import type { Clip } from '../clips/clip.js';
import { FRAMES_PER_SECOND } from '../clips/clip.js';
import { RTP_CLOCK_HZ, VIDEO_PAYLOAD_TYPE } from './packets.js';

/** The last part of the address by which a client sets up the picture of a stream. */
export const TRACK_PATH = 'track1';

/**
 * Describes a stream (RFC 4566; RFC 2326, appendix C).
 * @param address the RTSP address of the stream, without a slash at the end
 */
export function sessionDescription(clip: Clip, name: string, address: string): string {
  const lines = [
    'v=0',
    'o=- 0 0 IN IP4 127.0.0.1',
    `s=${name}`,
    'c=IN IP4 0.0.0.0',
    't=0 0',
    `a=control:${address}`,
    'a=range:npt=now-',
    `m=video 0 RTP/AVP ${VIDEO_PAYLOAD_TYPE}`,
    `a=rtpmap:${VIDEO_PAYLOAD_TYPE} ${clip.codec.toUpperCase()}/${RTP_CLOCK_HZ}`,
    `a=fmtp:${VIDEO_PAYLOAD_TYPE} ${clip.codec === 'h264' ? h264Parameters(clip) : h265Parameters(clip)}`,
    `a=framerate:${FRAMES_PER_SECOND}`,
    `a=control:${address}/${TRACK_PATH}`,
    'a=recvonly',
  ];
  return `${lines.join('\r\n')}\r\n`;
}

/** RFC 6184, 8.2.1. */
function h264Parameters(clip: Clip): string {
  const sets = [clip.sequenceParameters, ...clip.pictureParameters].map((set) => set.toString('base64'));
  const profileAndLevel = clip.sequenceParameters.toString('hex', 1, 4).toUpperCase();
  return `packetization-mode=1;profile-level-id=${profileAndLevel};sprop-parameter-sets=${sets.join(',')}`;
}

/** RFC 7798, 7.1. */
function h265Parameters(clip: Clip): string {
  const [pictureParameters] = clip.pictureParameters;
  const sets = { vps: clip.videoParameters, sps: clip.sequenceParameters, pps: pictureParameters };
  return Object.entries(sets)
    .map(([name, set]) => `sprop-${name}=${set?.toString('base64') ?? ''}`)
    .join(';');
}
