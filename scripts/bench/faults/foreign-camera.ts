import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloseStack, type Closable } from '../../../src/core/closing.js';
import { messageOf } from '../../../src/core/errors.js';
import { ClipLibrary } from '../../../src/rehearsal/camera/clips/clip-library.js';
import { SUB_STREAM_SIZE } from '../../../src/rehearsal/camera/clips/recipe.js';
import { joinByteStream } from '../../../src/rtsp/network-units.js';
import { FaultProxy } from '../fault-proxy.js';
import { GstreamerServer } from '../gstreamer-server.js';
import { benchCacheDirectory, type BenchCamera } from '../wall-process.js';
import { PASSWORD, USERNAME } from './camera-group.js';

/** Twelve seconds each: longer than any run. */
const REPETITIONS = 200;

/** The test card from GStreamer's RTSP server, over a line that can be hurt. */
export class ForeignCamera implements Closable {
  readonly camera: BenchCamera;
  readonly line: FaultProxy;
  readonly #closing: CloseStack;

  private constructor(camera: BenchCamera, line: FaultProxy, closing: CloseStack) {
    this.camera = camera;
    this.line = line;
    this.#closing = closing;
  }

  /** @returns null, and says so, where GStreamer is not installed */
  static async start(id: string, print: (line: string) => void): Promise<ForeignCamera | null> {
    const closing = new CloseStack();
    try {
      const folder = await mkdtemp(join(tmpdir(), 'glasshall-foreign-'));
      closing.defer(() => rm(folder, { recursive: true, force: true }));
      const file = await makeFile(folder);
      const mounts = { '/card': file };
      const server = closing.add(await GstreamerServer.start({ mounts, username: USERNAME, password: PASSWORD }));
      const line = closing.add(await FaultProxy.start(server.port));
      const address = `rtsp://127.0.0.1:${line.port}/card`;
      const camera = { id, name: id, rtspMain: address, rtspSub: address, username: USERNAME, password: PASSWORD };
      return new ForeignCamera(camera, line, closing);
    } catch (failure) {
      await closing.close();
      print(`without GStreamer's server: ${messageOf(failure)}`);
      return null;
    }
  }

  close(): Promise<void> {
    return this.#closing.close();
  }
}

async function makeFile(folder: string): Promise<string> {
  const library = await ClipLibrary.open(benchCacheDirectory());
  const clip = await library.load({ name: 'test-card', gopFrames: 50 }, SUB_STREAM_SIZE);
  const [stream, once, file] = ['card.h264', 'once.mp4', 'card.mp4'].map((name) => join(folder, name));
  if (stream === undefined || once === undefined || file === undefined) throw new RangeError('three names');
  await writeFile(stream, joinByteStream(clip.accessUnits.flatMap(({ units }) => units)));
  await ffmpeg('-f', 'h264', '-framerate', '25', '-i', stream, '-c', 'copy', once);
  await ffmpeg('-stream_loop', String(REPETITIONS), '-i', once, '-c', 'copy', file);
  return file;
}

async function ffmpeg(...given: readonly string[]): Promise<void> {
  const child = spawn('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...given], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`ffmpeg ended with ${String(code)}`);
}
