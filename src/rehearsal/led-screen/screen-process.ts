import { Worker } from 'node:worker_threads';
import { entryPoint } from '../../core/entry-point.js';
import { messageOf } from '../../core/errors.js';
import { FrameSlot } from '../../core/frame-slot.js';
import { FrameServer } from './frame-server.js';
import {
  screenOptions,
  screenRequest,
  type LitFrame,
  type ReceiverCommand,
  type ReceiverEvent,
  type ScreenReport,
  type ScreenRequest,
} from './messages.js';
import type { ReceiverThreadData } from './receiver-thread.js';

/**
 * The simulated LED screen's process: a thread that receives, a server that shows. A process of its own, as a real
 * controller has a machine of its own. It ends with its owner: when the IPC channel goes, or on SIGTERM.
 */

// Ctrl-C reaches the whole process group; the owner decides when the screen goes dark.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit());

const options = screenOptions.parse(JSON.parse(process.argv[2] ?? 'null'));
const slot = FrameSlot.create(options);
const server = await FrameServer.start(slot);
const thread = new Worker(entryPoint(import.meta.url, './receiver-thread.js'), {
  workerData: { slot: slot.handle, udpPort: options.udpPort } satisfies ReceiverThreadData,
});

function report(message: ScreenReport): void {
  if (process.connected) process.send?.(message);
}

function litFrame(): LitFrame {
  for (let frame = slot.read(); frame !== null; frame = slot.read()) {
    const lit = { rgb: Uint8Array.from(frame.pixels), frames: frame.sequence, latchedAtMs: frame.publishedAtMs };
    if (slot.isIntact(lit.frames)) return lit;
  }
  return { rgb: new Uint8Array(options.widthPx * options.heightPx * 3), frames: 0, latchedAtMs: null };
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

const questions = new Map<number, ScreenRequest['what']>();

thread.on('message', (event: ReceiverEvent) => {
  if (event.type === 'latched') server.latched(event);
  else if (event.type === 'bound') report({ type: 'ready', udpPort: event.udpPort, httpPort: server.port });
  else if (event.type === 'failed') report(event);
  else {
    const { request, receiveBufferBytes } = event;
    const what = questions.get(request);
    questions.delete(request);
    const statistics = { ...event.statistics, receiveBufferBytes, cpuMs: cpuMs(), clients: server.clientCount };
    report(what === 'statistics' ? { type: 'statistics', request, statistics } : { type: 'done', request });
  }
});
thread.on('error', (error) => {
  report({ type: 'failed', code: 'receiver-ended', message: messageOf(error) });
  process.exitCode = 1;
  process.disconnect();
});

process.on('message', (message) => {
  const { request, what } = screenRequest.parse(message);
  if (what === 'frame') {
    report({ type: 'frame', request, frame: litFrame() });
    return;
  }
  questions.set(request, what);
  thread.postMessage({ request, what } satisfies ReceiverCommand);
});
