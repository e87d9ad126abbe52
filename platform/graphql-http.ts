import { HeaderMap, type ApolloServer, type BaseContext } from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { fault } from './faults.ts';
import type { Http } from './http.ts';

export type ContextOf<Context> = (request: FastifyRequest) => Promise<Context>;

const methods = ['GET', 'POST'];

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
    method: [...methods, 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'],
    url: '/graphql',
    onRequest: refuseUnreadable,
    handler: async (request, reply) => {
      refuseBatch(request);
      const response = await server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: request.method,
          headers: headersOf(request),
          search: searchOf(request),
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

/** With the question mark; empty where there is none. */
function searchOf({ url }: FastifyRequest): string {
  const place = url.indexOf('?');
  return place === -1 ? '' : url.slice(place);
}

function refuseBatch({ body }: FastifyRequest): void {
  if (Array.isArray(body)) throw fault('BAD_REQUEST', 'Operation batching is disabled: send one operation at a time.');
}

/** The document that is asked with; what is not where GET or POST has it is refused later. */
export function documentOf({ method, body, query }: FastifyRequest): unknown {
  const parameters = (method === 'GET' ? query : body) as { query?: unknown } | null | undefined;
  return parameters?.query;
}

/** What could only be misread is refused before its body is read. */
function refuseUnreadable({ method, headers }: FastifyRequest, reply: FastifyReply, done: () => void): void {
  if (!methods.includes(method)) {
    void reply.header('allow', methods.join(', '));
    throw fault('METHOD_NOT_ALLOWED', `GraphQL is asked with ${methods.join(' or ')}.`);
  }
  const encoding = headers['content-encoding'] ?? 'identity';
  const charset = /;\s*charset="?([^\s;"]+)/i.exec(headers['content-type'] ?? '')?.[1] ?? 'utf-8';
  if (encoding !== 'identity' || !/^utf-?8$/i.test(charset)) {
    throw fault('BAD_REQUEST', 'A body has to be UTF-8, and not compressed.');
  }
  done();
}

function headersOf(request: FastifyRequest): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}
