import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { packetize } from '../../src/rtsp/packets.js';
import { RtpSession } from '../../src/rtsp/rtp-session.js';
import { InterleavedViewer } from '../../src/rtsp/viewers.js';
import { eventually } from '../eventually.js';

it('a viewer that reads nothing is dropped', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1').pause();
  const [accepted] = (await once(server, 'connection')) as [Socket];
  const viewer = new InterleavedViewer(accepted, new RtpSession(), 0);
  let ticks = 0;
  await eventually(() => {
    viewer.deliver(packetize({ units: [Buffer.alloc(500_000, 1)], isKeyFrame: true }, 'h264'), (ticks += 3_600));
    expect(accepted.destroyed).toBe(true);
  });
  client.destroy();
  await new Promise((resolve) => server.close(resolve));
});
