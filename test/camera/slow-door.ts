import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';

/** A way to the server that opens only after a while, so that the large stream is surely the later one. */
export async function openSlowDoor(port: number, afterMs: number): Promise<{ address: string; close: () => void }> {
  const door = createServer((near) => {
    near.on('error', () => near.destroy());
    setTimeout(() => {
      const far = connect(port, '127.0.0.1');
      far.on('error', () => near.destroy());
      near.on('close', () => far.destroy());
      near.pipe(far).pipe(near);
    }, afterMs);
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  return { address: `rtsp://127.0.0.1:${(door.address() as AddressInfo).port}`, close: () => door.close() };
}
