import { Readable } from 'node:stream';
import type { GraphQLSchema } from 'graphql';
import { z } from 'zod';
import { fault } from '#platform/errors/faults.ts';
import { closedToClients } from '#platform/graphql/shield.ts';
import { whenOver } from '#platform/http/callers.ts';
import type { Http } from '#platform/http/http.ts';
import { logUnfinished } from '#platform/http/unfinished-answers.ts';
import type { IdentityReader } from '#platform/identity/identity.ts';
import { now } from '#platform/process/clock.ts';
import type { Log } from '#platform/telemetry/log.ts';
import { type GraphCaller, graphCallerOf, graphData } from '../graph-data.ts';
import { subscriberOf } from '../live/stream-request.ts';
import type { StatementTurns } from '../statements/turns.ts';
import { archiveText, readProfile } from './archive.ts';
import { archiveQueries } from './archive-queries.ts';
import type { Graph } from '../graph.ts';

export interface MyDataOptions {
  readonly graph: Graph;
  readonly schema: GraphQLSchema;
  readonly identify: IdentityReader;
  /** Statements and archives take turns together: both read long lists. */
  readonly turns: StatementTurns;
  /** The number of proxies in front of this server. */
  readonly proxies: number;
  readonly log: Log;
}

/** A client that takes longer to read its archive is disconnected, to free its turn. */
const longestMs = 600_000;

/**
 * Serves `GET /my-data/<token>`: the archive of the customer's data as one JSON file. The link counts as used when the
 * archive begins. The few archives of a day bound the cost, so their pages are not charged.
 */
export function serveMyData(http: Http, { graph, schema, identify, turns, proxies, log }: MyDataOptions): void {
  // The supergraph of another system has no archives.
  if (schema.getMutationType()?.getFields()['takeMyData'] === undefined) return;
  const queries = archiveQueries(schema);

  http.get<{ Params: { token: string } }>('/my-data/:token', async (request, reply) => {
    void reply.header('cache-control', 'no-store');
    const { viewer } = await subscriberOf(request, identify, log);
    if (viewer.client !== undefined) throw closedToClients();
    const caller = graphCallerOf(request, reply, proxies);
    whenOver(reply, turns.enter(viewer.id, caller.setHeader));
    const readAs = (as: GraphCaller) => async (query: string, variables: Record<string, unknown>) =>
      await graphData(graph, as, { query, variables });
    const madeAt = now();
    // While a subgraph does not respond, the link stays unused.
    const profile = await readProfile(queries, readAs(caller));
    await useLink(graph, caller, request.params.token);
    const read = readAs({ ...caller, sender: null });
    const signal = AbortSignal.timeout(longestMs);
    const text = Readable.from(archiveText(queries, profile, madeAt, read), { signal });
    text.on('error', (error) => logUnfinished(log, 'an archive', error, reply));
    return await reply
      .header('content-type', 'application/json; charset=utf-8')
      .header('content-disposition', `attachment; filename="my-data-${madeAt.toISOString().slice(0, 10)}.json"`)
      .send(text);
  });
}

const used = z.object({
  takeMyData: z.object({ userErrors: z.array(z.object({ message: z.string() })) }),
});

/** @throws NOT_FOUND if the link does not work. */
async function useLink(graph: Graph, caller: GraphCaller, token: string): Promise<void> {
  const query =
    'mutation TakeMyData($input: TakeMyDataInput!) { takeMyData(input: $input) { userErrors { message } } }';
  const { userErrors } = used.parse(
    await graphData(graph, caller, { query, variables: { input: { token } } }),
  ).takeMyData;
  if (userErrors.length > 0) throw fault('NOT_FOUND', userErrors[0]!.message);
}
