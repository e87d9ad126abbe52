import type { FastifyRequest } from 'fastify';
import type { Http } from '#platform/http/http.ts';
import { clientRequests } from '#platform/telemetry/metrics.ts';
import { outcomeOfRequest } from '#platform/telemetry/requests.ts';

const longestValue = 64;
/** Of one client: senders of requests must not be able to create metrics without bound. */
const maxVersions = 20;

/**
 * Counts requests by the program that sent them, and names it in traces. Programs say their name and version in the
 * headers `apollographql-client-name` and `apollographql-client-version`, which anyone can forge.
 *
 * @param names the clients that have labels of their own; all others are counted as `other`.
 */
export function countClients(http: Http, names: readonly string[]): void {
  const versions = new Map(names.map((name) => [name, new Set<string>()]));

  function labelsOf(request: FastifyRequest) {
    const { name, version } = clientOf(request);
    const known = versions.get(name ?? '');
    if (name === null || known === undefined) return { client: isNamed(request) ? 'other' : 'unnamed', version: '' };
    if (version === null) return { client: name, version: '' };
    if (known.size < maxVersions) known.add(version);
    return { client: name, version: known.has(version) ? version : 'other' };
  }

  // After the hook that begins the trace of a request.
  http.addHook('preHandler', (request, _reply, done) => {
    const { name, version } = clientOf(request);
    if (name !== null) request.observed?.span.setAttribute('graphql.client.name', name);
    if (version !== null) request.observed?.span.setAttribute('graphql.client.version', version);
    done();
  });
  http.addHook('onResponse', (request, reply, done) => {
    clientRequests.inc({ ...labelsOf(request), outcome: outcomeOfRequest(request, reply) });
    done();
  });
}

function isNamed({ headers }: FastifyRequest): boolean {
  return headers['apollographql-client-name'] !== undefined;
}

function clientOf({ headers }: FastifyRequest) {
  return {
    name: valueOf(headers['apollographql-client-name']),
    version: valueOf(headers['apollographql-client-version']),
  };
}

/** Null for a header that is missing, too long, or not printable ASCII. */
function valueOf(header: string | string[] | undefined): string | null {
  if (typeof header !== 'string' || header.length > longestValue) return null;
  return /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(header) ? header : null;
}
