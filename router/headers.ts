import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Http } from '#platform/http/http.ts';

/**
 * The requests that pages of other sites may send, with a token that they have. The console's session is for its own
 * pages.
 */
const graph = {
  methods: 'GET, POST',
  requestHeaders:
    'authorization, content-type, accept, apollo-require-preflight, x-apollo-operation-name, last-event-id, apollographql-client-name, apollographql-client-version',
  responseHeaders: 'retry-after, ratelimit, ratelimit-policy, last-event-id',
};
const rest = {
  methods: 'GET, HEAD, POST, PUT, PATCH, DELETE',
  requestHeaders:
    'authorization, content-type, accept, idempotency-key, prefer, if-none-match, apollographql-client-name, apollographql-client-version',
  responseHeaders:
    'retry-after, ratelimit, ratelimit-policy, location, link, etag, preference-applied, idempotent-replayed, www-authenticate',
};

function sharedAt(path: string) {
  if (path === '/graphql' || path === '/graphql/stream') return graph;
  return path.startsWith('/api/') ? rest : null;
}

/** Lets pages of these origins, and of no others, read what they ask the graph for. */
export function shareWith(http: Http, origins: readonly string[]): void {
  if (origins.length === 0) return;
  const share = ({ headers: { origin }, routeOptions }: FastifyRequest, reply: FastifyReply) => {
    const shared = sharedAt(routeOptions.url ?? '');
    if (origin === undefined || !origins.includes(origin) || shared === null) return null;
    void reply.headers({
      'access-control-allow-origin': origin,
      'access-control-expose-headers': shared.responseHeaders,
      'cross-origin-resource-policy': 'cross-origin',
      vary: 'origin',
    });
    return shared;
  };
  http.addHook('onRequest', (request, reply, done) => {
    const shared = share(request, reply);
    if (shared !== null && request.method === 'OPTIONS') return allowPreflight(reply, shared);
    done();
  });
  // The server refuses some requests before the hook above.
  http.addHook('onSend', (request, reply, payload, done) => {
    if (!reply.hasHeader('access-control-allow-origin')) share(request, reply);
    done(null, payload);
  });
}

function allowPreflight(reply: FastifyReply, { methods, requestHeaders }: typeof graph): void {
  void reply
    .removeHeader('access-control-expose-headers')
    .code(204)
    .header('access-control-allow-methods', methods)
    .header('access-control-allow-headers', requestHeaders)
    .header('access-control-max-age', '600')
    .send();
}
