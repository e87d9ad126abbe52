import { HeaderMap, type ApolloServer, type BaseContext } from '@apollo/server';
import type { FastifyRequest } from 'fastify';
import { fault } from './faults.ts';
import type { Http } from './http.ts';

export type ContextOf<Context> = (request: FastifyRequest) => Promise<Context>;

/** Serves an Apollo Server at `/graphql`. */
export function serveGraphql<Context extends BaseContext>(
  http: Http,
  server: ApolloServer<Context>,
  contextOf: ContextOf<Context>,
): void {
  // Bodies of other types are not read: what is asked with them is refused as a cross-site request.
  http.addContentTypeParser('*', (_request, body, done) => {
    body.resume();
    done(null, undefined);
  });
  http.route({
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'],
    url: '/graphql',
    handler: async (request, reply) => {
      const response = await server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: request.method,
          headers: headersOf(request),
          search: new URL(request.url, 'http://localhost').search,
          body: request.body,
        },
        context: async () => await contextOf(request),
      });
      if (response.body.kind !== 'complete') throw fault('BAD_REQUEST', 'Answers are given whole.');
      void reply.code(response.status ?? 200);
      for (const [name, value] of response.headers) void reply.header(name, value);
      return await reply.send(response.body.string);
    },
  });
}

function headersOf(request: FastifyRequest): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}
