import fastifySwagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';

/** Lets routes be described in zod, and gathers their descriptions; before any route is added. */
export async function prepareDescriptions(server: FastifyInstance): Promise<void> {
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  await server.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'glasshall',
        version: '1',
        description:
          'What a hall shows on its wall, over plain HTTP. Whoever asks says so with `Authorization: Bearer TOKEN` or ' +
          'the cookie of a session; on loopback without operators nobody has to. Errors are `{code, message, parameters}`.',
      },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
    transform: jsonSchemaTransform,
  });
}

/** `GET /api/v1/openapi.json`: OpenAPI 3.1, of the routes that are there. */
export function installDescription(server: FastifyInstance): void {
  server.get('/api/v1/openapi.json', { schema: { hide: true } }, (_request, reply) => reply.send(server.swagger()));
}
