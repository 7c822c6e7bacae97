import { createSocket, type Socket } from 'node:dgram';
import { parentPort, workerData } from 'node:worker_threads';
import { monotonicMs } from '../../core/clock.js';
import { FrameSlot, type FrameSlotHandle } from '../../core/frame-slot.js';
import { DdpReceiver } from './ddp-receiver.js';
import type { ReceiverCommand, ReceiverEvent } from './messages.js';

/**
 * The thread that does nothing but receive: a page that is slow to take pictures must not cost packets, and on many
 * systems the socket buffer holds no more than a few milliseconds of them.
 */

/** Asked for; the system grants what `net.core.rmem_max` allows. */
const RECEIVE_BUFFER_BYTES = 4 * 1_024 * 1_024;

/** What the thread is started with. */
export type ReceiverThreadData = { readonly slot: FrameSlotHandle; readonly udpPort: number };

const port = parentPort;
if (port === null) throw new Error('this module runs as a worker thread');
const { slot: handle, udpPort } = workerData as ReceiverThreadData;

const slot = new FrameSlot(handle);
const identity = {
  manufacturer: 'glasshall',
  model: 'LED screen (simulated)',
  version: '1',
  mac: '02:00:00:00:00:01',
  name: 'glasshall-screen',
};
const receiver = new DdpReceiver(handle, identity, (frameBuffer) => {
  slot.beginWrite().set(frameBuffer);
  slot.publish();
  tell({ type: 'latched', lostPackets: receiver.statistics().lostPackets, begunAtMs: begunAtMs ?? monotonicMs() });
  begunAtMs = null;
});

/** When the first packet after the latest latch arrived. */
let begunAtMs: number | null = null;
let socket: Socket | null = null;
let boundPort = udpPort;

function tell(event: ReceiverEvent): void {
  port?.postMessage(event);
}

function plug(onBound: () => void): void {
  const opened = createSocket({ type: 'udp4', recvBufferSize: RECEIVE_BUFFER_BYTES });
  socket = opened;
  opened.on('error', (error: NodeJS.ErrnoException) => {
    tell({ type: 'failed', code: error.code ?? 'socket', message: error.message });
  });
  opened.on('message', (packet, asker) => {
    const arrivedAtMs = monotonicMs();
    const wasBegunAtMs = begunAtMs;
    begunAtMs ??= arrivedAtMs;
    const answer = receiver.receive(packet);
    if (answer === null) return;
    // A question is not part of a picture.
    begunAtMs = wasBegunAtMs;
    opened.send(answer, asker.port, asker.address);
  });
  opened.bind(boundPort, '127.0.0.1', () => {
    boundPort = opened.address().port;
    onBound();
  });
}

function unplug(onClosed: () => void): void {
  const opened = socket;
  socket = null;
  if (opened === null) onClosed();
  else opened.close(onClosed);
}

port.on('message', ({ request, what }: ReceiverCommand) => {
  const answer = (): void => {
    const receiveBufferBytes = socket?.getRecvBufferSize() ?? 0;
    tell({ type: 'answer', request, statistics: receiver.statistics(), receiveBufferBytes });
  };
  if (what === 'unplug') unplug(answer);
  else if (what === 'plug' && socket === null) plug(answer);
  else answer();
});

plug(() => {
  tell({ type: 'bound', udpPort: boundPort });
});
