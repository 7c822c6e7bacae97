import type { StreamOptions, StreamTarget } from './options.js';

/** What a target needs of ffmpeg. `secrets` are options, too, that nobody else may see. */
export type TargetArguments = {
  readonly options: readonly string[];
  readonly secrets: readonly (readonly [option: string, value: string])[];
  readonly target: string;
};

/** Seven packets of MPEG-TS in a datagram: what fits into an Ethernet frame. */
const TS_DATAGRAM_BYTES = 1_316;
const MPEG_TS = [
  '-f',
  'mpegts',
  '-muxdelay',
  '0',
  '-muxpreload',
  '0',
  '-pes_payload_size',
  '0',
  '-flush_packets',
  '1',
] as const;

/** How ffmpeg sends to a target. */
export function targetArguments(options: StreamOptions, { protocol, host, port, path }: StreamTarget): TargetArguments {
  const address = `${protocol}://${host}:${port}`;
  switch (protocol) {
    case 'rtsp':
      return { options: ['-f', 'rtsp', '-rtsp_transport', 'tcp'], secrets: [], target: `${address}${path}` };
    case 'rtmp':
    case 'rtmps':
      return {
        options: ['-f', 'flv', '-flvflags', 'no_duration_filesize'],
        secrets: [['rtmp_playpath', options.streamKey ?? '']],
        target: `${address}${path.replace(/\/$/, '')}`,
      };
    case 'udp':
      return { options: [...MPEG_TS], secrets: [], target: `${address}?pkt_size=${TS_DATAGRAM_BYTES}` };
    case 'srt': {
      const mode = options.listen ? 'listener' : 'caller';
      const latencyUs = options.latency * 1_000;
      return {
        options: [...MPEG_TS],
        secrets: [
          ...(options.passphrase === undefined ? [] : [['passphrase', options.passphrase] as const]),
          ...(options.streamId === undefined ? [] : [['srt_streamid', options.streamId] as const]),
        ],
        target: `${address}?mode=${mode}&latency=${latencyUs}&pkt_size=${TS_DATAGRAM_BYTES}`,
      };
    }
  }
}
