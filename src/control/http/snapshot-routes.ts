import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Access } from '../access/access.js';
import type { PictureView } from '../engine.js';
import type { Snapshots } from '../snapshots.js';
import type { Tally } from '../tally.js';
import { requireRole } from './guard.js';

/** `/api/v1/snapshot/…`: single pictures, with the tick and the time of the frame they show. */
export function installSnapshots(server: FastifyInstance, snapshots: Snapshots, access: Access, tally: Tally): void {
  const onRequest = requireRole(access, tally, 'viewer');

  const send = async (reply: FastifyReply, view: PictureView, format: 'png' | 'jpeg'): Promise<FastifyReply> => {
    const snapshot = await snapshots.take({ view, format, widthPx: null, heightPx: null, quality: null });
    return reply
      .type(snapshot.mediaType)
      .headers({
        'Cache-Control': 'no-store',
        'X-Frame-Tick': String(snapshot.tick),
        'X-Frame-Time': new Date(snapshot.timeMs).toISOString(),
      })
      .send(snapshot.bytes);
  };

  server.get('/api/v1/snapshot/program.png', { onRequest }, (_request, reply) =>
    send(reply, { kind: 'program' }, 'png'),
  );
  server.get('/api/v1/snapshot/preview.png', { onRequest }, (_request, reply) =>
    send(reply, { kind: 'preview' }, 'png'),
  );
  server.get<{ Params: { camera: string } }>('/api/v1/snapshot/camera/:camera.jpg', { onRequest }, (request, reply) =>
    send(reply, { kind: 'camera', camera: request.params.camera }, 'jpeg'),
  );
}
