import { GlasshallError } from '../../../core/errors.js';
import { Redactor } from '../../../core/secrets.js';
import { ffmpegArguments } from '../../../ffmpeg/arguments.js';
import { chooseEncoder } from '../../encoding/encoder-choice.js';
import { deviceOptions, encoderFilters, encoderOptions, pictureInput } from '../../encoding/encoder-arguments.js';
import { Encoder, type EncoderRun } from '../../encoding/encoder.js';
import { PROGRESS_OPTIONS, ProgressReader } from '../../encoding/progress-reader.js';
import type { Reachability } from '../../output-driver.js';
import { runOutputThread, type OutputThreadContext } from '../../thread/output-thread.js';
import { type StreamOptions, targetOf } from './options.js';
import { SecretFile } from './secret-file.js';
import { targetArguments } from './target.js';

const CONNECTED: Reachability = { state: 'reachable', reason: null };
const NO_ANSWER: Reachability = { state: 'unconfirmed', reason: 'no-answer' };
const NO_CLIENT: Reachability = { state: 'unconfirmed', reason: 'no-client' };

/** Entry of the thread of a pushed stream: ffmpeg encodes and sends. */
runOutputThread<StreamOptions>((thread) => {
  const { options } = thread;
  const redactor = new Redactor();
  for (const secret of [options.streamKey, options.passphrase, options.streamId]) redactor.add(secret ?? '');
  const isUdp = targetOf(options.url)?.protocol === 'udp';
  return new Encoder({
    thread,
    redactor,
    open: () => openRun(thread),
    whenWorking: isUdp ? NO_ANSWER : CONNECTED,
    whenWaiting: options.listen ? NO_CLIENT : null,
  });
});

async function openRun({
  options,
  size,
  framesPerSecond,
  log,
}: OutputThreadContext<StreamOptions>): Promise<EncoderRun> {
  const target = targetOf(options.url);
  if (target === null) throw new GlasshallError('bad-address', 'not the address of a stream');
  const encoder = await chooseEncoder({ size, framesPerSecond, encoding: options }, log);
  const settings = { size, framesPerSecond, encoding: options, encoder };
  const way = targetArguments(options, target);
  const secrets = way.secrets.length === 0 ? null : await SecretFile.write(way.secrets);
  const input = pictureInput(size, framesPerSecond);
  const reader = new ProgressReader();
  return {
    arguments: ffmpegArguments(
      [{ ...input, options: [...deviceOptions(encoder), ...input.options] }],
      [
        {
          videoFilters: encoderFilters(settings),
          options: [
            ...PROGRESS_OPTIONS,
            ...encoderOptions(settings),
            ...way.options,
            ...(secrets === null ? [] : ['-fpre', secrets.path]),
          ],
          target: way.target,
        },
      ],
    ),
    read: (bytes) => {
      void secrets?.close();
      return reader.push(bytes);
    },
    close: async () => secrets?.close(),
  };
}
