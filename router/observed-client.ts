import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { subgraphRequestSeconds } from '#platform/telemetry/metrics.ts';
import { traced } from '#platform/telemetry/trace.ts';
import type { SubgraphAnswer, SubgraphClient, SubgraphFailure } from './subgraph-client.ts';

/** Wraps a client, to time its requests and record them in the trace. */
export function observedClient(subgraph: string, observed: SubgraphClient): SubgraphClient {
  const name = `ask ${subgraph}`;
  const options = { kind: SpanKind.CLIENT, attributes: { subgraph } };
  return {
    ask: (operation, authorization, client) =>
      traced(name, options, async (span) => {
        const startedAt = performance.now();
        const answer = await observed.ask(operation, authorization, client);
        const outcome = outcomeOf(answer);
        subgraphRequestSeconds.observe({ subgraph, outcome }, (performance.now() - startedAt) / 1_000);
        if (outcome !== 'ok' && outcome !== 'abandoned')
          span.setStatus({ code: SpanStatusCode.ERROR, message: outcome });
        return answer;
      }),
    close: async () => await observed.close(),
  };
}

type Outcome = 'ok' | 'errors' | (typeof outcomeOfFailure)[SubgraphFailure['failed']];

const outcomeOfFailure = {
  SUBGRAPH_TIMEOUT: 'timeout',
  SUBGRAPH_UNAVAILABLE: 'unavailable',
  CALLER_GONE: 'abandoned',
} as const;

function outcomeOf(answer: SubgraphAnswer | SubgraphFailure): Outcome {
  if ('failed' in answer) return outcomeOfFailure[answer.failed];
  return answer.errors.length === 0 ? 'ok' : 'errors';
}
