import type { WebSocket } from 'ws';
import { FRAME_HEADER_BYTES, writeFrameHeader } from '../../../src/control/pictures/frame-header.js';
import type { FakeHall } from './fake-hall.js';
import { drawPicture } from './fake-pictures.js';

type View = { view: string; camera?: string; widthPx: number; framesPerSecond: number };

/** Sends the pictures that are subscribed to, each at its own rate; a camera that is not live has none. */
export function servePictures(client: WebSocket, hall: FakeHall): void {
  let timers: NodeJS.Timeout[] = [];
  let subscription = 0;
  let sequence = 0;
  const stop = (): void => {
    for (const timer of timers) clearInterval(timer);
    timers = [];
  };
  const send = async (view: View, viewIndex: number, own: number): Promise<void> => {
    const camera = view.view === 'camera' ? (view.camera ?? '') : null;
    if (camera !== null && hall.tiles.find((tile) => tile.camera === camera)?.state !== 'live') return;
    const jpeg = await drawPicture(hall, view.view, camera, view.widthPx);
    if (own !== subscription || client.readyState !== client.OPEN) return;
    const message = Buffer.alloc(FRAME_HEADER_BYTES + jpeg.length);
    sequence += 1;
    writeFrameHeader(message, {
      viewIndex,
      subscription: own,
      sequence,
      tick: 0,
      timeMs: Date.now(),
      widthPx: view.widthPx,
      heightPx: 0,
    });
    jpeg.copy(message, FRAME_HEADER_BYTES);
    client.send(message);
  };
  client.on('close', stop);
  client.on('message', (raw: Buffer) => {
    const { subscribe } = JSON.parse(raw.toString()) as { subscribe?: View[] };
    if (subscribe === undefined) return;
    stop();
    subscription += 1;
    const own = subscription;
    subscribe.forEach((view, index) => {
      void send(view, index, own);
      timers.push(setInterval(() => void send(view, index, own), 1_000 / view.framesPerSecond));
    });
  });
}
