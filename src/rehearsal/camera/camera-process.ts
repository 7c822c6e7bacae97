/**
 * The process of the simulated cameras, forked by `CameraHall`. It lives exactly as long as the channel to its owner: when
 * the owner dies, however it dies, the channel closes and the cameras are gone.
 */
import { CloseStack } from '../../core/closing.js';
import { GlasshallError, messageOf } from '../../core/errors.js';
import type { Logger } from '../../core/logger.js';
import { ClipLibrary } from './clips/clip-library.js';
import { type HallReport, type HallRequest, hallRequest } from './messages.js';
import { DiscoveryResponder } from './onvif/discovery-responder.js';
import { SimulatedCamera } from './simulated-camera.js';

const closing = new CloseStack();
const cameras = new Map<string, SimulatedCamera>();

function report(message: HallReport): void {
  if (process.connected) process.send?.(message);
}

function loggerWith(bindings: Record<string, unknown>): Logger {
  const log = (level: 'debug' | 'info' | 'warn' | 'error') => (details: object, message: string) =>
    report({ type: 'log', level, details: { ...bindings, ...details }, message });
  return {
    debug: log('debug'),
    info: log('info'),
    warn: log('warn'),
    error: log('error'),
    child: (more) => loggerWith({ ...bindings, ...more }),
  };
}

async function start(request: Extract<HallRequest, { type: 'start' }>): Promise<void> {
  const log = loggerWith({});
  const library = await ClipLibrary.open(request.cacheDirectory);
  await library.prepare(
    request.cameras.map(({ clip, gopFrames }) => ({ name: clip, gopFrames })),
    (fraction, label) => report({ type: 'progress', fraction, label }),
  );
  for (const options of request.cameras) {
    cameras.set(options.id, closing.add(await SimulatedCamera.start(options, library, log)));
  }
  if (request.discovery) {
    const responder = await DiscoveryResponder.open(() => [...cameras.values()].map((camera) => camera.onvif), log);
    if (responder !== null) closing.add(responder);
  }
  report({ type: 'started', cameras: [...cameras.values()].map((camera) => camera.addresses) });
}

function cameraOf(id: string): SimulatedCamera {
  const camera = cameras.get(id);
  if (camera === undefined)
    throw new GlasshallError('camera-unknown', `there is no simulated camera ${id}`, { camera: id });
  return camera;
}

async function answer(request: Extract<HallRequest, { request: number }>): Promise<void> {
  try {
    const camera = cameraOf(request.camera);
    if (request.type === 'fault') {
      await camera.fault(request.fault);
      report({ type: 'done', request: request.request });
    } else {
      const { main, sub } = camera.frameTimes;
      report({ type: 'frame-times', request: request.request, times: { main: [...main], sub: [...sub] } });
    }
  } catch (failure) {
    const code = failure instanceof GlasshallError ? failure.code : 'fault-failed';
    report({ type: 'refused', request: request.request, code, message: messageOf(failure) });
  }
}

async function end(exitCode: number): Promise<void> {
  try {
    await closing.close();
  } finally {
    process.exit(exitCode);
  }
}

function fail(failure: unknown): void {
  const code = failure instanceof GlasshallError ? failure.code : 'camera-hall-failed';
  report({ type: 'failed', code, message: messageOf(failure) });
}

process.on('message', (message) => {
  const parsed = hallRequest.safeParse(message);
  if (!parsed.success) {
    fail(parsed.error);
    return;
  }
  switch (parsed.data.type) {
    case 'start':
      start(parsed.data).catch(fail);
      return;
    case 'fault':
    case 'frame-times':
      void answer(parsed.data);
      return;
    case 'close':
      void end(0);
      return;
  }
});
process.once('disconnect', () => void end(0));
process.once('SIGTERM', () => void end(0));
// Ctrl-C reaches the whole group of processes; the owner decides when the cameras go.
process.on('SIGINT', () => undefined);
