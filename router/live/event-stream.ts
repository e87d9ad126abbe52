import type { FastifyRequest } from 'fastify';
import { createHandler, type ExecutionResult, type RequestParams } from 'graphql-sse';
import { fault } from '#platform/errors/faults.ts';
import type { GraphqlRequest } from '#platform/graphql/graphql-request.ts';
import { messageOf, streamRequest } from './stream-request.ts';
import type { Streamed } from './streamed-reply.ts';
import type { LiveSubscription } from './subscriptions.ts';

/** Subscribes with the parameters that graphql-sse has read. */
export type Begin = (params: RequestParams) => Promise<LiveSubscription>;

interface Opening {
  readonly begin: Begin;
  /** The ids of the results that are being sent, in their order. */
  readonly ids: (string | null)[];
  startsAfter: string | null;
}

const answer = createHandler<FastifyRequest, Opening>({
  authenticate: () => null,
  onSubscribe: async ({ context }, params) => {
    const { results, startsAfter } = await context.begin(params);
    context.startsAfter = startsAfter;
    // graphql-sse writes results unchanged, so the errors may be formatted already.
    return results as AsyncGenerator<ExecutionResult>;
  },
  onNext: (_context, { context }, { extensions }) => {
    const id: unknown = extensions?.['lastEventId'];
    context.ids.push(typeof id === 'string' ? id : null);
  },
});

/**
 * Returns the results of a subscription as graphql-sse's events in its distinct connections mode, each with an id from
 * which a client can resume.
 *
 * @throws BAD_REQUEST if graphql-sse refuses the request, and what `begin` throws.
 */
export async function eventStream(
  request: FastifyRequest,
  graphqlRequest: GraphqlRequest,
  begin: Begin,
): Promise<Streamed> {
  const opening: Opening = { begin, ids: [], startsAfter: null };
  const [events, init] = await answer(streamRequest(request, graphqlRequest, opening));
  if (events === null || typeof events === 'string') throw fault('BAD_REQUEST', messageOf(events));
  const { ids, startsAfter } = opening;
  return {
    headers: { ...init.headers, ...(startsAfter === null ? {} : { 'last-event-id': startsAfter }) },
    chunks: withIds(events, ids, startsAfter),
    end: () => void events.return(undefined),
  };
}

/** @param startsAfter the id from which the client resumes if no event arrives. */
async function* withIds(
  events: AsyncIterable<string>,
  ids: Opening['ids'],
  startsAfter: string | null,
): AsyncGenerator<string, void, void> {
  if (startsAfter !== null) yield `id: ${startsAfter}\n\n`;
  for await (const event of events) {
    const id = event.startsWith('event: next\n') ? ids.shift() : null;
    yield id === null || id === undefined ? event : `id: ${id}\n${event}`;
  }
}
