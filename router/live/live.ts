import type { FastifyRequest } from 'fastify';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { RequestParams } from 'graphql-sse';
import { fault } from '#platform/errors/faults.ts';
import type { AnswerSubscription } from '#platform/graphql/graphql-http.ts';
import { type GraphqlRequest, readGraphqlRequest, type TrustedDocuments } from '#platform/graphql/graphql-request.ts';
import type { SubscriptionTransport } from '#platform/http/accept.ts';
import type { Http } from '#platform/http/http.ts';
import type { IdentityReader } from '#platform/identity/identity.ts';
import type { Log } from '#platform/telemetry/log.ts';
import { liveStreams } from '#platform/telemetry/metrics.ts';
import { logUnfinished } from '#platform/http/unfinished-answers.ts';
import { senderOf } from '../rate-limits/address.ts';
import { keyOf, OpenCounts } from '../open-counts.ts';
import { eventStream } from './event-stream.ts';
import { multipart } from './multipart.ts';
import { RefusedOperation } from './operation.ts';
import { longestPosition } from './position.ts';
import { isLasting, type LiveResult } from './reading.ts';
import { requireStream, subscriberOf } from './stream-request.ts';
import { type Streamed, StreamedReply } from './streamed-reply.ts';
import type { Subscriber } from './graph-reads.ts';
import { type LiveSubscription, type Sources, subscribe } from './subscriptions.ts';

export interface LiveOptions {
  /** Null if no server of live events is configured. */
  readonly sources: Sources | null;
  readonly identify: IdentityReader;
  readonly trustedDocuments: TrustedDocuments;
  /** Refuses documents that are too expensive to parse. */
  readonly limitDocument: (query: string) => void;
  /** Formats an error for a client. */
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  readonly streamsPerCustomer: number;
  /** The number of proxies in front of this server. */
  readonly proxies: number;
  /** A client with more unread bytes is disconnected. */
  readonly bufferBytes: number;
  readonly log: Log;
}

/** The state of one request. */
interface Opening {
  readonly subscriber: Subscriber;
  readonly sender: string;
  readonly lastEventIdHeader: string | undefined;
}

/**
 * Serves subscriptions at `/graphql/stream` over Server-Sent Events, in the distinct connections mode of graphql-sse's
 * protocol: one operation per connection.
 *
 * @returns a handler for subscriptions that arrive at other URLs, also in Apollo's multipart protocol.
 * @see https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md
 */
export function serveLiveUpdates(http: Http, options: LiveOptions): AnswerSubscription {
  const streams = new Set<StreamedReply>();
  const counts = new OpenCounts(options.streamsPerCustomer);
  let stopping = false;

  http.addHook('preClose', async () => {
    stopping = true;
    // Without the end of the protocol, clients reconnect, to another router.
    for (const stream of streams) stream.breakOff();
  });

  const answerSubscription: AnswerSubscription = async (request, reply, graphqlRequest, transport) => {
    const subscriber = await subscriberOf(request, options.identify, options.log);
    if (stopping) throw fault('SERVICE_UNAVAILABLE', 'The router is shutting down: reconnect.');
    const sender = senderOf(request, options.proxies);
    const leave = counts.enter(keyOf(subscriber.viewer));
    if (leave === null) throw tooManyStreams(options.streamsPerCustomer);
    const stream = new StreamedReply(reply, options.bufferBytes);
    streams.add(stream);
    liveStreams.inc();
    const header = request.headers['last-event-id'];
    const opening = { subscriber, sender, lastEventIdHeader: typeof header === 'string' ? header : undefined };
    try {
      await stream.send(await streamed(options, { request, graphqlRequest, transport, opening }));
    } catch (error) {
      // A response that has begun can only be ended.
      if (!reply.sent) throw error;
      logUnfinished(options.log, 'a stream', error, reply);
      stream.breakOff();
    } finally {
      streams.delete(stream);
      liveStreams.dec();
      leave();
    }
  };

  http.route({
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: '/graphql/stream',
    onRequest: requireStream,
    handler: async (request, reply) =>
      await answerSubscription(request, reply, readGraphqlRequest(request, options.trustedDocuments), 'event-stream'),
  });
  return answerSubscription;
}

interface Streaming {
  readonly request: FastifyRequest;
  readonly graphqlRequest: GraphqlRequest;
  readonly transport: SubscriptionTransport;
  readonly opening: Opening;
}

async function streamed(
  options: LiveOptions,
  { request, graphqlRequest, transport, opening }: Streaming,
): Promise<Streamed> {
  if (transport === 'event-stream') {
    return await eventStream(request, graphqlRequest, async (params) => await begin(options, opening, params));
  }
  const { query, ...rest } = graphqlRequest;
  if (query === undefined) throw fault('BAD_REQUEST', 'The request has no `query`.');
  return multipart(await begin(options, opening, { query, ...rest }));
}

function tooManyStreams(most: number) {
  return fault('TOO_MANY_STREAMS', `You have ${most} open streams, the maximum: close one first.`);
}

/** Client errors are returned as a GraphQL result; retryable faults are thrown. */
async function begin(
  { sources, limitDocument, formatError }: LiveOptions,
  { subscriber, sender, lastEventIdHeader }: Opening,
  params: RequestParams,
): Promise<LiveSubscription> {
  if (sources === null) return { results: only({ errors: [notConfigured] }), startsAfter: null };
  try {
    limitDocument(params.query);
    return await subscribe(sources, {
      subscriber,
      sender,
      request: params,
      lastEventId: lastEventIdOf(params, lastEventIdHeader),
    });
  } catch (error) {
    const errors = refusals(error);
    if (errors === null) throw error;
    return { results: only({ errors: errors.map((one) => formatError(one, error)) }), startsAfter: null };
  }
}

/** An `EventSource` sends the id in a header; other clients can send it in `extensions`. */
function lastEventIdOf({ extensions }: RequestParams, header: string | undefined): string | undefined {
  const given = extensions?.['lastEventId'] ?? header;
  if (given === undefined) return undefined;
  if (typeof given === 'string' && given.length <= longestPosition) return given;
  throw fault('BAD_USER_INPUT', `"lastEventId" must have at most ${longestPosition} characters.`);
}

/** Returns null for faults that are not the client's. */
function refusals(error: unknown): readonly GraphQLFormattedError[] | null {
  if (error instanceof RefusedOperation) return error.errors;
  if (error instanceof GraphQLError && isLasting(error.toJSON())) return [error.toJSON()];
  return null;
}

const notConfigured = fault(
  'SERVICE_UNAVAILABLE',
  'Live updates are not configured on this server. Poll instead.',
).toJSON();

async function* only(result: LiveResult): AsyncGenerator<LiveResult, void, void> {
  yield result;
}
