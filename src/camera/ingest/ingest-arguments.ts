import { ffmpegArguments } from '../../ffmpeg/arguments.js';

/**
 * How long ffmpeg waits for the camera to say anything, microseconds. Longer than the session's own watchdog, because when
 * this passes ffmpeg first gives out the picture that it still held, and an old picture would look like a new one.
 */
const SOCKET_TIMEOUT_MICROSECONDS = 15_000_000;

/**
 * How much of the stream ffmpeg reads to learn what it is: `described` trusts what the camera announces (RFC 6184
 * parameter sets in the session description) and starts with the first key picture; `read` reads 200 kB or 0.5 s of it,
 * for cameras that announce too little.
 */
export type Probing = 'described' | 'read';

const PROBING: Readonly<Record<Probing, { readonly bytes: number; readonly microseconds: number }>> = {
  described: { bytes: 32, microseconds: 0 },
  read: { bytes: 200_000, microseconds: 500_000 },
};

/**
 * Copies one RTSP stream to fragmented MP4 on stdout, one picture a fragment. The address comes through stdin, as
 * `ingestScript` writes it, so that its password is never on a command line. Pictures before the first key picture are
 * copied too (`-copyinkf`): a camera whose key pictures are rare, or never come, is there all the same.
 */
export function ingestArguments(probing: Probing): string[] {
  const { bytes, microseconds } = PROBING[probing];
  const inputOptions = [
    ...['-probesize', String(bytes), '-analyzeduration', String(microseconds)],
    ...['-protocol_whitelist', 'pipe,rtsp,rtp,tcp,udp,tls', '-safe', '0', '-f', 'concat'],
  ];
  const outputOptions = [
    ...['-map', '0:v:0', '-c', 'copy', '-copyinkf', '-f', 'mp4'],
    ...['-movflags', 'frag_every_frame+empty_moov+default_base_moof', '-flush_packets', '1'],
  ];
  return ffmpegArguments([{ options: inputOptions, source: 'pipe:0' }], [{ options: outputOptions, target: 'pipe:1' }]);
}

/**
 * The ffconcat script for stdin.
 * @param url with percent-encoded credentials
 */
export function ingestScript(url: string, transport: 'tcp' | 'udp', probing: Probing): string {
  const { bytes, microseconds } = PROBING[probing];
  const quotable = url
    .replaceAll("'", '%27')
    .replaceAll('\\', '%5C')
    .replaceAll(/[\r\n]/g, '');
  return [
    'ffconcat version 1.0',
    `file '${quotable}'`,
    `option rtsp_transport ${transport}`,
    `option timeout ${SOCKET_TIMEOUT_MICROSECONDS}`,
    'option allowed_media_types video',
    `option probesize ${bytes}`,
    `option analyzeduration ${microseconds}`,
    '',
  ].join('\n');
}
