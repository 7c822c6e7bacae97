import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** The built pages. What is in `assets` carries a hash in its name and may be kept for ever; the pages themselves are always asked for. */
export async function installPages(server: FastifyInstance, webRoot: string): Promise<void> {
  await server.register(fastifyStatic, { root: webRoot, serve: false, index: false });

  const sendPage = (reply: FastifyReply, file: string): FastifyReply =>
    reply.sendFile(file, { cacheControl: false }).header('Cache-Control', 'no-cache');

  server.get('/', (_request, reply) => sendPage(reply, 'index.html'));
  server.get('/screen', (_request, reply) => sendPage(reply, 'screen.html'));
  server.get<{ Params: { '*': string } }>('/assets/*', (request, reply) =>
    reply.sendFile(`assets/${request.params['*']}`, { immutable: true, maxAge: '365d' }),
  );
  server.get<{ Params: { file: string } }>('/:file(^[\\w-]+\\.(?:svg|ico|png|webmanifest|txt)$)', (request, reply) =>
    reply.sendFile(request.params.file, { maxAge: '1h' }),
  );
}
