import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Request } from 'graphql-sse';
import { readAccept } from '#platform/http/accept.ts';
import { fault, unauthenticated } from '#platform/errors/faults.ts';
import { refuseWebSocket } from '#platform/graphql/graphql-http.ts';
import type { GraphqlRequest } from '#platform/graphql/graphql-request.ts';
import type { IdentityReader } from '#platform/identity/identity.ts';
import { errorText, type Log } from '#platform/telemetry/log.ts';
import type { Subscriber } from './graph-reads.ts';

const methods = ['GET', 'POST'];
const eventStream = 'text/event-stream';

/** Refuses a request that cannot become a stream, before its body is read. */
export async function requireStream({ method, headers }: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (!methods.includes(method)) {
    void reply.header('allow', methods.join(', '));
    throw fault('METHOD_NOT_ALLOWED', `Use ${methods.join(' or ')} for a subscription, one per connection.`);
  }
  refuseWebSocket(headers, reply);
  if (!readAccept(headers.accept).takesEventStream) {
    throw fault('BAD_REQUEST', `A subscription needs Server-Sent Events: send Accept: ${eventStream}.`);
  }
}

/** @throws UNAUTHENTICATED; SERVICE_UNAVAILABLE if the token cannot be verified at the moment. */
export async function subscriberOf(
  { headers }: FastifyRequest,
  identify: IdentityReader,
  log: Log,
): Promise<Subscriber> {
  const identity = await identify(headers.authorization).catch((error: unknown) => {
    log.error({ reason: errorText(error) }, 'the public keys of the user subgraph cannot be read');
    throw fault('SERVICE_UNAVAILABLE', "Your token can't be verified right now. Try again shortly.");
  });
  if (identity.token !== 'valid') throw unauthenticated();
  return identity;
}

/** Returns the parsed request for graphql-sse, always as a POST, so that the library does not parse the URL itself. */
export function streamRequest<Context>(
  request: FastifyRequest,
  graphqlRequest: GraphqlRequest,
  context: Context,
): Request<FastifyRequest, Context> {
  const { url, headers } = request;
  const own: Readonly<Record<string, string>> = { accept: eventStream, 'content-type': 'application/json' };
  return {
    method: 'POST',
    url,
    headers: {
      get: (name) => {
        const value = own[name] ?? headers[name];
        return Array.isArray(value) ? value.join(', ') : value;
      },
    },
    body: { ...graphqlRequest },
    raw: request,
    context,
  };
}

/** Returns graphql-sse's reason for refusing a malformed request. */
export function messageOf(body: string | null): string {
  const reason = /"message":"([^"\\]+)"/.exec(body ?? '')?.[1];
  return reason === undefined ? 'The body must be JSON with a query.' : `The request cannot be read: ${reason}.`;
}
