import { backoffMs } from '../../../core/backoff.js';
import { Redactor } from '../../../core/secrets.js';
import { ffmpegArguments } from '../../../ffmpeg/arguments.js';
import { DigestAuthentication } from '../../../rtsp/digest-authentication.js';
import { RtspServer } from '../../../rtsp/server.js';
import { chooseEncoder } from '../../encoding/encoder-choice.js';
import { deviceOptions, encoderFilters, encoderOptions, pictureInput } from '../../encoding/encoder-arguments.js';
import { Encoder, type EncoderRun } from '../../encoding/encoder.js';
import { reasonOf } from '../../network-errors.js';
import type { Reachability } from '../../output-driver.js';
import { runOutputThread, type OutputThreadContext, type OutputWork } from '../../thread/output-thread.js';
import { FlvReader } from './flv-reader.js';
import type { RtspOptions } from './options.js';
import { WallStream } from './wall-stream.js';

const SESSION_TIMEOUT_MS = 60_000;
const WORKING: Reachability = { state: 'reachable', reason: null };

/** Our RTSP address at work: ffmpeg encodes, our own server serves. */
class RtspWork implements OutputWork {
  readonly #thread: OutputThreadContext<RtspOptions>;
  readonly #stream: WallStream;
  readonly #server: RtspServer;
  readonly #encoder: Encoder;
  #listening: Reachability = { state: 'unconfirmed', reason: 'starting' };
  #encoding: Reachability = { state: 'unconfirmed', reason: 'starting' };
  #attempts = 0;
  #isClosed = false;
  #retry: NodeJS.Timeout | null = null;
  #opening: Promise<void>;

  constructor(thread: OutputThreadContext<RtspOptions>) {
    const { options, framesPerSecond } = thread;
    this.#thread = thread;
    this.#stream = new WallStream(options.path, framesPerSecond);
    const { host, port, path, username, password, maximumClients } = options;
    this.#server = new RtspServer({
      host,
      port,
      name: path,
      software: 'glasshall',
      streams: [this.#stream],
      authentication:
        username === undefined || password === undefined
          ? null
          : new DigestAuthentication('glasshall', { username, password }, true),
      sessionTimeoutMs: SESSION_TIMEOUT_MS,
      maximumConnections: maximumClients,
    });
    this.#opening = this.#listen();
    this.#encoder = new Encoder({
      thread: { ...thread, report: (encoding) => this.#learn({ encoding }) },
      redactor: new Redactor(),
      open: () => this.#openRun(),
      whenWorking: WORKING,
      whenWaiting: null,
    });
  }

  async close(isSilent: boolean): Promise<void> {
    this.#isClosed = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    await this.#encoder.close(isSilent);
    await this.#opening;
    await this.#server.close();
  }

  async #listen(): Promise<void> {
    try {
      await this.#server.listen();
      this.#learn({ listening: WORKING });
    } catch (failure) {
      this.#learn({ listening: { state: 'unreachable', reason: reasonOf(failure) } });
      this.#attempts += 1;
      if (this.#isClosed) return;
      this.#retry = setTimeout(() => {
        this.#opening = this.#listen();
      }, backoffMs(this.#attempts));
    }
  }

  /** Both must be well; what is worst is told. */
  #learn({ listening = this.#listening, encoding = this.#encoding }: Record<string, Reachability>): void {
    this.#listening = listening;
    this.#encoding = encoding;
    this.#thread.report(listening.state === 'reachable' ? encoding : listening);
  }

  async #openRun(): Promise<EncoderRun> {
    const { options, size, framesPerSecond, log } = this.#thread;
    const encoder = await chooseEncoder({ size, framesPerSecond, encoding: options }, log);
    const settings = { size, framesPerSecond, encoding: options, encoder };
    const input = pictureInput(size, framesPerSecond);
    /** When the pictures are due that the encoder has and we have not: without B-frames they come in the same order. */
    const times: number[] = [];
    const reader = new FlvReader({
      onParameters: (sequence, picture) => this.#stream.describe(sequence, picture),
      onPicture: (units, isKeyFrame) => this.#stream.show(units, isKeyFrame, times.shift() ?? 0),
    });
    return {
      arguments: ffmpegArguments(
        [{ ...input, options: [...deviceOptions(encoder), ...input.options] }],
        [
          {
            videoFilters: encoderFilters(settings),
            options: [
              ...encoderOptions(settings),
              ...['-f', 'flv', '-flvflags', 'no_duration_filesize', '-flush_packets', '1'],
            ],
            target: 'pipe:1',
          },
        ],
      ),
      read: (bytes) => reader.push(bytes),
      onFrame: (atMs) => void times.push(atMs),
    };
  }
}

/** Entry of the thread of our RTSP address. */
runOutputThread<RtspOptions>((thread) => new RtspWork(thread));
