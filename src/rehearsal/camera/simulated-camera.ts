import type { Size } from '../../core/geometry.js';
import { monotonicMs } from '../../core/clock.js';
import { messageOf } from '../../core/errors.js';
import type { Logger } from '../../core/logger.js';
import type { Codec } from '../../rtsp/access-unit.js';
import { DigestAuthentication } from '../../rtsp/digest-authentication.js';
import { RtspServer } from '../../rtsp/server.js';
import { FRAMES_PER_SECOND } from './clips/clip.js';
import type { ClipLibrary } from './clips/clip-library.js';
import { type ClipName, MAIN_STREAM_SIZE, SUB_STREAM_SIZE } from './clips/recipe.js';
import { goodConditions } from './conditions.js';
import type { CameraFault } from './fault.js';
import { FramePacer } from './frame-pacer.js';
import { Gate } from './gate.js';
import { type FrameTime, LiveStream } from './live-stream.js';
import { OnvifDevice } from './onvif/onvif-device.js';
import { PanTiltHead } from './ptz/pan-tilt-head.js';
import type { CameraAddresses, SimulatedCameraOptions } from './messages.js';

const MOST_CONNECTIONS = 64;

/** A camera that does not exist: an ONVIF device and an RTSP server with two streams of the same recording. */
export class SimulatedCamera {
  readonly id: string;
  readonly onvif: OnvifDevice;
  readonly #options: SimulatedCameraOptions;
  readonly #library: ClipLibrary;
  readonly #log: Logger;
  readonly #gate = new Gate();
  readonly #conditions = goodConditions();
  /** Asked for by both servers at every request: a fault changes the password. */
  readonly #credentials: { readonly username: string; password: string };
  readonly #pacer: FramePacer;
  readonly #streams: { readonly main: LiveStream; readonly sub: LiveStream };
  readonly #rtsp: RtspServer;
  #clip: ClipName;
  #codec: Codec = 'h264';
  #framesPerPicture = 1;
  /** Ticks at which a slow camera sent nothing. */
  #skippedFrames = 0;
  #sizes = { main: MAIN_STREAM_SIZE, sub: SUB_STREAM_SIZE };
  #frozen = false;
  #closing: Promise<void> | null = null;
  #faults: Promise<void> = Promise.resolve();

  private constructor(options: SimulatedCameraOptions, library: ClipLibrary, streams: StreamClips, log: Logger) {
    this.id = options.id;
    this.#options = options;
    this.#library = library;
    this.#log = log;
    this.#clip = options.clip;
    this.#credentials = { username: options.username, password: options.password };
    this.#pacer = new FramePacer(FRAMES_PER_SECOND, (frameNumber) => this.#tick(frameNumber));
    const nextFrame = (): number => this.#pacer.nextFrame;
    const onAudience = (): void => this.#runWhileWatched();
    this.#streams = {
      main: new LiveStream('main', streams.main, this.#conditions, nextFrame, onAudience),
      sub: new LiveStream('sub', streams.sub, this.#conditions, nextFrame, onAudience),
    };
    this.#rtsp = new RtspServer({
      host: '127.0.0.1',
      port: options.rtspPort,
      name: options.name,
      software: 'rehearsal-camera',
      streams: [this.#streams.main, this.#streams.sub],
      authentication: new DigestAuthentication('rehearsal-camera', this.#credentials, false),
      conditions: {
        isPacketLost: () => Math.random() < this.#conditions.dropFraction,
        nowEpochMs: () => Date.now() + this.#conditions.clockOffsetMs,
      },
      gate: this.#gate,
      sessionTimeoutMs: options.sessionTimeoutMs,
      maximumConnections: MOST_CONNECTIONS,
    });
    this.onvif = new OnvifDevice({
      id: options.id,
      name: options.name,
      port: options.onvifPort,
      credentials: this.#credentials,
      gate: this.#gate,
      nowEpochMs: () => Date.now() + this.#conditions.clockOffsetMs,
      streams: this.#streams,
      rtspPort: () => this.#rtsp.port,
      nextPicture: () => this.#nextPicture,
      synchronize: () => this.#bringKeyFrames(),
      head: options.ptz ? new PanTiltHead(monotonicMs) : null,
      log,
    });
  }

  /** Loads the recording, then listens on free ports of 127.0.0.1. */
  static async start(options: SimulatedCameraOptions, library: ClipLibrary, log: Logger): Promise<SimulatedCamera> {
    const request = { name: options.clip, gopFrames: options.gopFrames };
    const main = await library.load(request, MAIN_STREAM_SIZE);
    const sub = await library.load(request, SUB_STREAM_SIZE);
    const camera = new SimulatedCamera(options, library, { main, sub }, log);
    try {
      await camera.#listen();
    } catch (failure) {
      await camera.close();
      throw failure;
    }
    return camera;
  }

  /** Where it can be reached. */
  get addresses(): CameraAddresses {
    return {
      id: this.id,
      onvifAddress: `127.0.0.1:${this.onvif.port}`,
      rtspMain: `rtsp://127.0.0.1:${this.#rtsp.port}/main`,
      rtspSub: `rtsp://127.0.0.1:${this.#rtsp.port}/sub`,
    };
  }

  /** When the latest frames left, per stream, oldest first. */
  get frameTimes(): { main: readonly FrameTime[]; sub: readonly FrameTime[] } {
    return { main: this.#streams.main.frameTimes, sub: this.#streams.sub.frameTimes };
  }

  /** Hurts or heals the camera. Faults take effect one after the other, in the order of the calls. */
  fault(fault: CameraFault): Promise<void> {
    const done = this.#faults.then(() => this.#apply(fault));
    this.#faults = done.catch((failure: unknown) => {
      this.#log.warn({ camera: this.id, reason: messageOf(failure) }, 'the fault could not be applied');
    });
    return done;
  }

  close(): Promise<void> {
    this.#closing ??= (async () => {
      this.#pacer.stop();
      this.#gate.open();
      await this.#faults;
      await this.#silence();
    })();
    return this.#closing;
  }

  async #apply(fault: CameraFault): Promise<void> {
    switch (fault.kind) {
      case 'none':
        await this.#listen();
        this.#rtsp.isBlackHole = false;
        this.#gate.open();
        Object.assign(this.#conditions, goodConditions());
        this.#framesPerPicture = 1;
        this.#setFrozen(false);
        this.#sizes = { main: MAIN_STREAM_SIZE, sub: SUB_STREAM_SIZE };
        await this.#show(this.#options.clip, 'h264');
        return this.#setPassword(this.#options.password);
      case 'stop':
        return this.#silence();
      case 'start':
        return this.#listen();
      case 'freeze':
        this.#setFrozen(fault.on);
        return;
      case 'stall':
        if (fault.on) this.#gate.shut();
        else this.#gate.open();
        return;
      case 'black-hole':
        this.#rtsp.isBlackHole = fault.on;
        if (fault.on) this.#gate.shut();
        else this.#gate.open();
        return;
      case 'silence':
        this.#conditions.isSilent = fault.on;
        return;
      case 'hang-up':
        return this.#rtsp.hangUp();
      case 'password':
        return this.#setPassword(fault.password);
      case 'garbage':
        this.#conditions.isGarbage = fault.on;
        return;
      case 'truncate':
        this.#conditions.isTruncated = fault.on;
        return;
      case 'frame-rate':
        this.#framesPerPicture = Math.max(1, Math.round(FRAMES_PER_SECOND / fault.framesPerSecond));
        return;
      case 'timestamps':
        this.#conditions.timestampOffsetMs = fault.offsetMs;
        return;
      case 'codec':
        return this.#show(this.#clip, fault.codec);
      case 'drop':
        this.#conditions.dropFraction = fault.fraction;
        return;
      case 'clip':
        return this.#show(fault.clip, this.#codec);
      case 'resolution':
        this.#sizes = { main: fault.main ?? this.#sizes.main, sub: fault.sub ?? this.#sizes.sub };
        return this.#show(this.#clip, this.#codec);
      case 'clock':
        this.#conditions.clockOffsetMs = fault.offsetMs;
        return;
    }
  }

  /** Continues both streams with a recording at the present sizes, unless that is what they show. */
  async #show(name: ClipName, codec: Codec): Promise<void> {
    const load = (size: Size) => this.#library.load({ name, gopFrames: this.#options.gopFrames, codec }, size);
    const clips: StreamClips = { main: await load(this.#sizes.main), sub: await load(this.#sizes.sub) };
    this.#clip = name;
    const isOtherCodec = codec !== this.#codec;
    this.#codec = codec;
    // What was announced to those who watch is another codec: no camera changes that in a running stream.
    const ended = isOtherCodec ? this.#rtsp.hangUp() : null;
    const next = this.#nextPicture;
    for (const kind of ['main', 'sub'] as const) {
      if (this.#streams[kind].playback.clip !== clips[kind]) this.#streams[kind].playback.changeClip(clips[kind], next);
    }
    await ended;
  }

  /** In both streams, so that they go on showing the same. */
  #bringKeyFrames(): void {
    const next = this.#nextPicture;
    for (const { playback } of Object.values(this.#streams)) playback.bringKeyFrame(next);
  }

  /** Whoever watches has to say the new one. */
  async #setPassword(password: string): Promise<void> {
    if (password === this.#credentials.password) return;
    this.#credentials.password = password;
    await this.#rtsp.hangUp();
  }

  #setFrozen(frozen: boolean): void {
    if (frozen === this.#frozen) return;
    this.#frozen = frozen;
    const next = this.#nextPicture;
    for (const { playback } of Object.values(this.#streams)) {
      if (frozen) playback.freeze(next);
      else playback.unfreeze();
    }
  }

  #tick(frameNumber: number): void {
    if (this.#gate.isShut) return;
    if (frameNumber % this.#framesPerPicture !== 0) {
      this.#skippedFrames += 1;
      return;
    }
    const pictureNumber = frameNumber - this.#skippedFrames;
    this.#streams.main.send(frameNumber, pictureNumber);
    this.#streams.sub.send(frameNumber, pictureNumber);
  }

  get #nextPicture(): number {
    return this.#pacer.nextFrame - this.#skippedFrames;
  }

  #runWhileWatched(): void {
    const isWatched = this.#streams.main.viewerCount + this.#streams.sub.viewerCount > 0;
    if (isWatched && this.#closing === null) this.#pacer.start();
    else this.#pacer.stop();
  }

  async #listen(): Promise<void> {
    await this.#rtsp.listen();
    await this.onvif.listen();
  }

  async #silence(): Promise<void> {
    await this.#rtsp.close();
    await this.onvif.close();
  }
}

type StreamClips = { readonly main: LiveStream['playback']['clip']; readonly sub: LiveStream['playback']['clip'] };
