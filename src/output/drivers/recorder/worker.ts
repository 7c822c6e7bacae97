import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { GlasshallError } from '../../../core/errors.js';
import { Redactor } from '../../../core/secrets.js';
import { ffmpegArguments } from '../../../ffmpeg/arguments.js';
import { chooseEncoder } from '../../encoding/encoder-choice.js';
import { deviceOptions, encoderFilters, encoderOptions, pictureInput } from '../../encoding/encoder-arguments.js';
import { Encoder, type EncoderRun } from '../../encoding/encoder.js';
import { PROGRESS_OPTIONS, ProgressReader } from '../../encoding/progress-reader.js';
import { fileReasonOf } from '../../file-errors.js';
import { runOutputThread, type OutputThreadContext, type OutputWork } from '../../thread/output-thread.js';
import type { RecorderOptions } from './options.js';
import { tidy } from './retention.js';

const TIDY_EVERY_MS = 5_000;

/** Records: ffmpeg writes the files, old ones are deleted. */
class RecorderWork implements OutputWork {
  readonly #thread: OutputThreadContext<RecorderOptions>;
  readonly #directory: string;
  readonly #encoder: Encoder;
  readonly #timer: NodeJS.Timeout;
  #tidying: Promise<void> = Promise.resolve();

  constructor(thread: OutputThreadContext<RecorderOptions>) {
    this.#thread = thread;
    this.#directory = resolve(thread.options.directory);
    this.#encoder = new Encoder({
      thread,
      redactor: new Redactor(),
      open: () => this.#openRun(),
      whenWorking: { state: 'reachable', reason: null },
      whenWaiting: null,
    });
    this.#timer = setInterval(() => {
      this.#tidying = this.#tidy().catch((failure: unknown) => this.#encoder.interrupt(fileReasonOf(failure)));
    }, TIDY_EVERY_MS);
  }

  async close(isSilent: boolean): Promise<void> {
    clearInterval(this.#timer);
    await this.#encoder.close(isSilent);
    await this.#tidying;
  }

  async #tidy(): Promise<void> {
    if (!(await tidy(this.#thread.options, this.#directory))) this.#encoder.interrupt('disk-full');
  }

  async #openRun(): Promise<EncoderRun> {
    const { options, size, framesPerSecond, log } = this.#thread;
    await this.#makeRoom();
    const encoder = await chooseEncoder({ size, framesPerSecond, encoding: options }, log);
    const settings = { size, framesPerSecond, encoding: options, encoder };
    const input = pictureInput(size, framesPerSecond);
    const reader = new ProgressReader();
    return {
      arguments: ffmpegArguments(
        [{ ...input, options: [...deviceOptions(encoder), ...input.options] }],
        [
          {
            videoFilters: encoderFilters(settings),
            options: [...PROGRESS_OPTIONS, ...encoderOptions(settings), ...segmentOptions(options)],
            target: segmentNames(this.#directory, options.id),
          },
        ],
      ),
      read: (bytes) => reader.push(bytes),
    };
  }

  async #makeRoom(): Promise<void> {
    try {
      await mkdir(this.#directory, { recursive: true });
      if (await tidy(this.#thread.options, this.#directory)) return;
    } catch (failure) {
      throw new GlasshallError(fileReasonOf(failure), 'nothing can be recorded there', {}, { cause: failure });
    }
    throw new GlasshallError('disk-full', 'the disk is full');
  }
}

/** MPEG-TS: whatever is written of it can be played, also after a power cut, and files put behind each other play on. */
function segmentOptions({ segment }: RecorderOptions): string[] {
  return [
    ...['-f', 'segment', '-segment_format', 'mpegts', '-segment_time', String(segment / 1_000)],
    ...['-segment_atclocktime', '1', '-strftime', '1', '-flush_packets', '1'],
  ];
}

/** With a mark of this start: the clock may be set back, and nothing recorded is ever written over. */
function segmentNames(directory: string, id: string): string {
  const mark = Math.random().toString(36).slice(2, 8).padEnd(6, '0');
  return join(directory.replaceAll('%', '%%'), `${id}-%Y%m%dT%H%M%S%z-${mark}.ts`);
}

/** Entry of the thread of a recorder. */
runOutputThread<RecorderOptions>((thread) => new RecorderWork(thread));
