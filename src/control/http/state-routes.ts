import type { FastifyInstance } from 'fastify';
import type { Access } from '../access/access.js';
import type { WallEngine } from '../engine.js';
import { answer } from '../queries.js';
import type { Tally } from '../tally.js';
import { vendorRequests } from '../vendor.js';
import { errorBody } from './errors.js';
import { requireRole } from './guard.js';

/** Where each query is found, and what it says. */
const routes = [
  ['wall', 'GetWall', 'The wall: what is on air, what is prepared, layouts, ticker, revision.'],
  ['tiles', 'GetTiles', 'Every camera: its state, since when, why, and the age of its picture.'],
  ['counts', 'GetCounts', 'Every count source: its values and when they were read.'],
  ['outputs', 'GetOutputs', 'Every output: where it goes, whether it is reached, frames sent and dropped.'],
  [
    'controllers',
    'GetControllers',
    'Every controller of the screen: what is wanted, what it says, where the two differ.',
  ],
  ['pixel-maps', 'GetPixelMaps', 'How the chain of pixels of each output runs through its cabinets.'],
  ['schedule', 'GetSchedule', 'A day of the schedule: `?date=2026-10-01`, or today.'],
  ['test-patterns', 'GetTestPatterns', 'The test pictures that can be put on the wall.'],
  [
    'layouts',
    'GetLayouts',
    'The layouts as the configuration has them, where each is needed, whether they can be saved.',
  ],
  [
    'programme',
    'GetProgramme',
    'Tours and rules of the schedule as the configuration has them, whether they can be saved.',
  ],
  ['layout-drafts', 'GetLayoutDrafts', 'Layouts that people are working on.'],
  ['camera-presets', 'GetCameraPresets', 'The positions that a camera has kept: `?camera=lobby`.'],
  ['brightness', 'GetBrightness', 'How bright the wall is and why, and what the law allows, with its computation.'],
  ['service', 'GetService', 'How the service itself is: its configuration, its memory, its guardian.'],
] as const;

/** `GET /api/v1/NAME`: the answers of the vendor requests of the same meaning. */
export function installState(server: FastifyInstance, engine: WallEngine, access: Access, tally: Tally): void {
  for (const [path, query, summary] of routes) {
    server.get(
      `/api/v1/${path}`,
      {
        onRequest: requireRole(access, tally, 'viewer'),
        config: { rateLimit: { max: 50, timeWindow: 1_000 } },
        schema: {
          operationId: query,
          summary,
          tags: ['state'],
          ...(query === 'GetSchedule' || query === 'GetCameraPresets'
            ? { querystring: vendorRequests[query].request }
            : {}),
          response: { 200: vendorRequests[query].response, 400: errorBody, 401: errorBody, 403: errorBody },
        },
      },
      async (request, reply) =>
        reply.header('Cache-Control', 'no-store').send(await answer(query, engine, request.query)),
    );
  }
}
