import type { FastifyReply } from 'fastify';
import type { Http } from '#platform/http.ts';

/** Paths that pages of other sites may ask, with a token that they have; the console's session is for its own pages. */
const sharedPaths = new Set(['/graphql', '/graphql/stream']);

/** Lets pages of these origins, and of no others, read what they ask the graph for. */
export function shareWith(http: Http, origins: readonly string[]): void {
  http.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    const [path] = request.url.split('?');
    if (origin === undefined || !origins.includes(origin) || !sharedPaths.has(path!)) return;
    void reply.header('access-control-allow-origin', origin).header('vary', 'origin');
    if (request.method === 'OPTIONS') await allowPreflight(reply);
    else void reply.header('access-control-expose-headers', 'retry-after, ratelimit, ratelimit-policy, last-event-id');
  });
}

async function allowPreflight(reply: FastifyReply): Promise<void> {
  await reply
    .code(204)
    .header('access-control-allow-methods', 'GET, POST')
    .header(
      'access-control-allow-headers',
      'authorization, content-type, accept, apollo-require-preflight, x-apollo-operation-name, last-event-id',
    )
    .header('access-control-max-age', '600')
    .send();
}
