import type { FastifyReply } from 'fastify';
import type { Http } from '#platform/http/http.ts';

/** Paths that pages of other sites may ask, with a token that they have; the console's session is for its own pages. */
const sharedPaths = new Set(['/graphql', '/graphql/stream']);

/** Lets pages of these origins, and of no others, read what they ask the graph for. */
export function shareWith(http: Http, origins: readonly string[]): void {
  if (origins.length === 0) return;
  http.addHook('onRequest', (request, reply, done) => {
    const { origin } = request.headers;
    const { url = '' } = request.routeOptions;
    if (origin === undefined || !origins.includes(origin) || !sharedPaths.has(url)) return done();
    void reply.headers({
      'access-control-allow-origin': origin,
      'cross-origin-resource-policy': 'cross-origin',
      vary: 'origin',
    });
    if (request.method === 'OPTIONS') return allowPreflight(reply);
    void reply.header('access-control-expose-headers', 'retry-after, ratelimit, ratelimit-policy, last-event-id');
    done();
  });
}

function allowPreflight(reply: FastifyReply): void {
  void reply
    .code(204)
    .header('access-control-allow-methods', 'GET, POST')
    .header(
      'access-control-allow-headers',
      'authorization, content-type, accept, apollo-require-preflight, x-apollo-operation-name, last-event-id',
    )
    .header('access-control-max-age', '600')
    .send();
}
