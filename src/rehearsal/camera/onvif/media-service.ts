import type { Clip } from '../clips/clip.js';
import { FRAMES_PER_SECOND } from '../clips/clip.js';
import { ptzConfiguration } from './ptz-service.js';
import { SoapFault } from './soap.js';
import { textOf, type XmlElement } from './xml.js';

/** What the media service tells about: the profiles of a camera, which are named like its streams. */
export type MediaIdentity = {
  /** host:port of the HTTP server. */
  readonly host: string;
  readonly rtspPort: number;
  readonly clips: { readonly main: Clip; readonly sub: Clip };
  /** Whether the camera can be turned. */
  readonly isTurnable: boolean;
  /** A key picture is wanted soon. */
  readonly synchronize: () => void;
};

type ProfileToken = 'main' | 'sub';

const PROFILE_TOKENS: readonly ProfileToken[] = ['main', 'sub'];
const PROFILE_NAMES = { main: 'MainStream', sub: 'SubStream' } as const;

/** The path of a snapshot; the profile follows as `?profile=main`. */
export const SNAPSHOT_PATH = '/onvif/snapshot';

/**
 * Answers an operation of the media service (ONVIF Media Service Specification, version 1).
 * @returns the body of the answer, XML
 * @throws SoapFault `ter:ActionNotSupported`, `ter:NoProfile`, `ter:NoConfig`
 */
export function answerMediaOperation(operation: XmlElement, media: MediaIdentity): string {
  const answer = (content: string): string =>
    `<trt:${operation.name}Response>${content}</trt:${operation.name}Response>`;
  const token = (element: string, missing: string): ProfileToken => {
    const given = textOf(operation, element).replace(/^encoder-/, '');
    const found = PROFILE_TOKENS.find((known) => known === given);
    if (found === undefined) throw new SoapFault('Sender', ['ter:InvalidArgVal', missing], `${element} names nothing`);
    return found;
  };
  switch (operation.name) {
    case 'GetProfiles':
      return answer(PROFILE_TOKENS.map((known) => profile('Profiles', known, media)).join(''));
    case 'GetProfile':
      return answer(profile('Profile', token('ProfileToken', 'ter:NoProfile'), media));
    case 'GetVideoSources':
      return answer(
        `<trt:VideoSources token="source"><tt:Framerate>${FRAMES_PER_SECOND}</tt:Framerate>` +
          `${resolution(media.clips.main)}</trt:VideoSources>`,
      );
    case 'GetVideoSourceConfigurations':
      return answer(videoSource('trt:Configurations', media.clips.main));
    case 'GetVideoEncoderConfigurations':
      return answer(PROFILE_TOKENS.map((known) => videoEncoder('trt:Configurations', known, media.clips)).join(''));
    case 'GetVideoEncoderConfiguration':
      return answer(videoEncoder('trt:Configuration', token('ConfigurationToken', 'ter:NoConfig'), media.clips));
    case 'GetStreamUri':
      return answer(mediaUri(`rtsp://127.0.0.1:${media.rtspPort}/${token('ProfileToken', 'ter:NoProfile')}`));
    case 'GetSnapshotUri':
      return answer(mediaUri(`http://${media.host}${SNAPSHOT_PATH}?profile=${token('ProfileToken', 'ter:NoProfile')}`));
    case 'SetSynchronizationPoint':
      token('ProfileToken', 'ter:NoProfile');
      media.synchronize();
      return answer('');
    case 'GetServiceCapabilities':
      return answer(
        '<trt:Capabilities SnapshotUri="true" Rotation="false"><trt:ProfileCapabilities MaximumNumberOfProfiles="2"/>' +
          '<trt:StreamingCapabilities RTPMulticast="false" RTP_TCP="true" RTP_RTSP_TCP="true"/></trt:Capabilities>',
      );
    default:
      throw new SoapFault('Sender', ['ter:ActionNotSupported'], `${operation.name} is not supported`);
  }
}

function profile(element: string, token: ProfileToken, { clips, isTurnable }: MediaIdentity): string {
  return (
    `<trt:${element} token="${token}" fixed="true"><tt:Name>${PROFILE_NAMES[token]}</tt:Name>` +
    videoSource('tt:VideoSourceConfiguration', clips.main) +
    videoEncoder('tt:VideoEncoderConfiguration', token, clips) +
    `${isTurnable ? ptzConfiguration('tt:PTZConfiguration') : ''}</trt:${element}>`
  );
}

function videoSource(element: string, clip: Clip): string {
  return (
    `<${element} token="source-configuration"><tt:Name>VideoSource</tt:Name><tt:UseCount>2</tt:UseCount>` +
    '<tt:SourceToken>source</tt:SourceToken>' +
    `<tt:Bounds x="0" y="0" width="${clip.widthPx}" height="${clip.heightPx}"/></${element}>`
  );
}

function videoEncoder(element: string, token: ProfileToken, clips: MediaIdentity['clips']): string {
  const clip = clips[token];
  return (
    `<${element} token="encoder-${token}"><tt:Name>${PROFILE_NAMES[token]}</tt:Name><tt:UseCount>1</tt:UseCount>` +
    `<tt:Encoding>${clip.codec.toUpperCase()}</tt:Encoding>${resolution(clip)}<tt:Quality>5</tt:Quality>` +
    `<tt:RateControl><tt:FrameRateLimit>${FRAMES_PER_SECOND}</tt:FrameRateLimit>` +
    '<tt:EncodingInterval>1</tt:EncodingInterval>' +
    `<tt:BitrateLimit>${token === 'main' ? 4_000 : 500}</tt:BitrateLimit></tt:RateControl>` +
    (clip.codec === 'h264'
      ? `<tt:H264><tt:GovLength>${clip.gopFrames}</tt:GovLength><tt:H264Profile>High</tt:H264Profile></tt:H264>`
      : '') +
    '<tt:Multicast><tt:Address><tt:Type>IPv4</tt:Type><tt:IPv4Address>0.0.0.0</tt:IPv4Address></tt:Address>' +
    '<tt:Port>0</tt:Port><tt:TTL>0</tt:TTL><tt:AutoStart>false</tt:AutoStart></tt:Multicast>' +
    `<tt:SessionTimeout>PT60S</tt:SessionTimeout></${element}>`
  );
}

function resolution(clip: Clip): string {
  return `<tt:Resolution><tt:Width>${clip.widthPx}</tt:Width><tt:Height>${clip.heightPx}</tt:Height></tt:Resolution>`;
}

function mediaUri(address: string): string {
  return (
    `<trt:MediaUri><tt:Uri>${address}</tt:Uri><tt:InvalidAfterConnect>false</tt:InvalidAfterConnect>` +
    '<tt:InvalidAfterReboot>false</tt:InvalidAfterReboot><tt:Timeout>PT0S</tt:Timeout></trt:MediaUri>'
  );
}
