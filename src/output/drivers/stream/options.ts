import { z } from 'zod';
import { duration } from '../../../core/duration.js';
import { encodingOptions } from '../../encoding/options.js';
import type { OptionFacts } from '../../option-facts.js';
import { viewOptions } from '../../view/options.js';

const DEFAULT_PORTS: Readonly<Record<string, number>> = { rtsp: 554, rtmp: 1935, rtmps: 443 };

/** What ffmpeg reads from a file of lines. */
const secret = z.string().regex(/^[^\r\n\0]{1,900}$/, 'one line');

const fields = z.strictObject({
  ...viewOptions,
  ...encodingOptions,
  type: z.literal('stream'),
  url: z
    .string()
    .describe(
      'Where the encoded picture goes: rtmp://HOST/APPLICATION, rtmps://…, rtsp://HOST:PORT/PATH, srt://HOST:PORT, udp://HOST:PORT (MPEG-TS). Without keys and passwords',
    ),
  streamKey: secret.optional().describe('RTMP: the stream key, as ${NAME} or ${file:PATH}'),
  passphrase: secret
    .min(10)
    .max(79)
    .optional()
    .describe('SRT: encrypts, 10 to 79 characters, as ${NAME} or ${file:PATH}'),
  streamId: secret.max(512).optional().describe('SRT: names the stream to the receiver'),
  listen: z.boolean().default(false).describe('SRT: wait at this address for the receiver to call'),
  latency: duration.default(120).describe('SRT: how long lost packets may take to come again'),
});

type Fields = z.output<typeof fields>;

/** Encoded video pushed to a server or a receiver. */
export const streamOptions = fields.superRefine((options, context) => {
  for (const { path, message } of mistakesIn(options)) context.addIssue({ code: 'custom', path: [path], message });
});

/** A pushed stream, with defaults filled in. */
export type StreamOptions = Fields;

/** How the picture travels. */
export type StreamProtocol = 'rtmp' | 'rtmps' | 'rtsp' | 'srt' | 'udp';

/** A target taken apart: what may be shown to everybody. */
export type StreamTarget = {
  readonly protocol: StreamProtocol;
  readonly host: string;
  readonly port: number;
  /** With its slash; empty where there is none. */
  readonly path: string;
};

/** Takes an address apart; null when it is none. IPv6 addresses stand in brackets. */
export function targetOf(url: string): StreamTarget | null {
  const match = /^(rtmps?|rtsp|srt|udp):\/\/(\[[0-9a-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?((?:\/[^\s?#@]*)?)$/i.exec(url);
  if (match === null) return null;
  const [, scheme = '', host = '', digits, path = ''] = match;
  const protocol = scheme.toLowerCase() as StreamProtocol;
  const port = digits === undefined ? DEFAULT_PORTS[protocol] : Number(digits);
  return port === undefined || port < 1 || port > 65_535 ? null : { protocol, host, port, path };
}

/** Nothing to fight over: receivers refuse a second sender themselves. */
export const streamFacts: OptionFacts<StreamOptions> = {
  isUnbroken: true,
  address: ({ url }) => {
    const target = targetOf(url);
    return target === null ? 'stream' : `${target.protocol}://${target.host}:${target.port}${target.path}`;
  },
  span: () => null,
};

type Mistake = { readonly path: keyof Fields; readonly message: string };

function mistakesIn(options: Fields): Mistake[] {
  const { url, streamKey, passphrase, streamId, listen } = options;
  const wrong = (path: keyof Fields, message: string): Mistake => ({ path, message });
  // Never with the address in the words: what is wrong with it may be that there is a password in it.
  if (/@/.test(url)) {
    return [
      wrong(
        'url',
        'a user name and a password in the address would be seen by everybody on this machine; write the address without them',
      ),
    ];
  }
  if (/[?#]/.test(url)) {
    return [
      wrong(
        'url',
        'what stands behind “?” may be a secret and would be seen by everybody on this machine: use the options of this output',
      ),
    ];
  }
  const target = targetOf(url);
  if (target === null) {
    return [
      wrong(
        'url',
        'rtmp://HOST/APPLICATION, rtmps://HOST/APPLICATION, rtsp://HOST:PORT/PATH, srt://HOST:PORT or udp://HOST:PORT',
      ),
    ];
  }
  const { protocol, path } = target;
  const isRtmp = protocol === 'rtmp' || protocol === 'rtmps';
  const mistakes: Mistake[] = [];
  if (isRtmp && !/^\/[^/]+\/?$/.test(path)) {
    mistakes.push(
      wrong('url', 'the name of the application and nothing behind it; the stream key belongs under streamKey'),
    );
  }
  if (isRtmp && streamKey === undefined) mistakes.push(wrong('streamKey', 'RTMP needs one, such as ${STREAM_KEY}'));
  if (!isRtmp && streamKey !== undefined) mistakes.push(wrong('streamKey', 'only RTMP has one'));
  if (protocol === 'rtsp' && path.length < 2) mistakes.push(wrong('url', 'rtsp://HOST:PORT/PATH'));
  if ((protocol === 'srt' || protocol === 'udp') && path.length > 1) {
    mistakes.push(wrong('url', `${protocol}://HOST:PORT, nothing behind it`));
  }
  if (protocol !== 'srt') {
    for (const [name, given] of Object.entries({ passphrase, streamId, listen: listen ? true : undefined })) {
      if (given !== undefined) mistakes.push(wrong(name as keyof Fields, 'only SRT has it'));
    }
  }
  return mistakes;
}
