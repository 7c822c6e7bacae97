import type { FastifyInstance } from 'fastify';
import type { WallEngine } from '../engine.js';

/** `/healthz`: the process answers, with or without its guardian. `/readyz`: the wall ticks and at least one output is not known to be out of reach. */
export function installHealth(server: FastifyInstance, engine: WallEngine): void {
  server.get('/healthz', (_request, reply) =>
    reply.header('Cache-Control', 'no-store').send({
      status: 'alive',
      uptimeSeconds: Math.round(process.uptime()),
      guardian: engine.service().guardian,
    }),
  );

  server.get('/readyz', (_request, reply) => {
    const { ticking, ticks, missedTicks, ticksPerSecond } = engine.statistics();
    const outputs = engine.outputs().map(({ output, type, reachability }) => ({ output, type, ...reachability }));
    const problems = [
      ...(ticking ? [] : ['wall-not-ticking']),
      ...(outputs.some((output) => output.state !== 'unreachable') ? [] : ['no-output-reachable']),
    ];
    return reply
      .code(problems.length === 0 ? 200 : 503)
      .header('Cache-Control', 'no-store')
      .send({
        ready: problems.length === 0,
        problems,
        wall: { ticking, ticks, missedTicks, ticksPerSecond },
        outputs,
      });
  });
}
