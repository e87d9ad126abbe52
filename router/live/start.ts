import pLimit from 'p-limit';
import { type EventServer, listenToEvents } from '#platform/messaging/events.ts';
import type { AnswerSubscription } from '#platform/graphql/graphql-http.ts';
import type { Http } from '#platform/http/http.ts';
import type { RouterConfig } from '../config.ts';
import { graphReads } from './graph-reads.ts';
import { createHub } from './hub.ts';
import { type LiveOptions, serveLiveUpdates } from './live.ts';
import { sharedReads } from './shared-reads.ts';
import type { Sources } from './subscriptions.ts';
import type { Graph } from '../graph.ts';

export interface LiveUpdatesOptions
  extends
    Pick<Sources, 'schema'>,
    Pick<LiveOptions, 'identify' | 'trustedDocuments' | 'limitDocument' | 'formatError' | 'log'> {
  readonly config: RouterConfig;
  readonly graph: Graph;
}

export interface LiveUpdates {
  readonly answerSubscription: AnswerSubscription;
  /** Null if no server of live events is configured. */
  readonly sources: Sources | null;
  /** Call it after the HTTP server has closed. */
  readonly stop: () => Promise<void>;
}

/** The most concurrent reads of streams, so that an event for all of them leaves capacity for other requests. */
const readsAtOnce = 32;
const retryMs = 1_000;

/** Listens for live events and serves subscriptions. */
export function startLiveUpdates(http: Http, options: LiveUpdatesOptions): LiveUpdates {
  const { config, graph, schema, log } = options;
  const hub = createHub(config.LIVE_RECHECK_S * 1_000);
  const stopping = new AbortController();
  const server = eventServer(config);
  if (server === null)
    log.info('live updates are not configured: neither ROUTER_REDIS_URL nor JOBS_LISTENER_DATABASE_URL is set');
  const listening = server === null ? null : listenToEvents(server, hub, log, stopping.signal);
  const sources: Sources | null =
    server === null
      ? null
      : {
          readGraph: sharedReads(graphReads(graph), pLimit(readsAtOnce)),
          readGraphFor: (sender) => graphReads(graph, sender),
          schema,
          hub,
          retryMs,
        };
  const answerSubscription = serveLiveUpdates(http, {
    ...options,
    sources,
    streamsPerCustomer: config.LIVE_STREAMS_PER_CUSTOMER,
    bufferBytes: config.LIVE_BUFFER_BYTES,
    proxies: config.TRUSTED_PROXIES,
  });
  return {
    answerSubscription,
    sources,
    stop: async () => {
      stopping.abort();
      await listening;
    },
  };
}

/** Live events are on the same server as the jobs. Returns null if none is configured. */
function eventServer({ redis, JOBS_LISTENER_DATABASE_URL: postgresUrl }: RouterConfig): EventServer | null {
  if (redis !== null) return redis;
  return postgresUrl === undefined ? null : { postgresUrl };
}
