import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { subgraphRequestSeconds } from '#platform/metrics.ts';
import { traced } from '#platform/trace.ts';
import type { SubgraphAnswer, SubgraphClient, SubgraphFailure } from './subgraph-client.ts';

/** The same client; what it asks is timed, and a step of the request's trace. */
export function observedClient(subgraph: string, client: SubgraphClient): SubgraphClient {
  const name = `ask ${subgraph}`;
  const options = { kind: SpanKind.CLIENT, attributes: { subgraph } };
  return {
    ask: (operation, authorization) =>
      traced(name, options, async (span) => {
        const startedAt = performance.now();
        const answer = await client.ask(operation, authorization);
        const outcome = outcomeOf(answer);
        subgraphRequestSeconds.observe({ subgraph, outcome }, (performance.now() - startedAt) / 1_000);
        if (outcome !== 'ok') span.setStatus({ code: SpanStatusCode.ERROR, message: outcome });
        return answer;
      }),
    close: async () => await client.close(),
  };
}

function outcomeOf(answer: SubgraphAnswer | SubgraphFailure): 'ok' | 'errors' | 'timeout' | 'unavailable' {
  if (!('failed' in answer)) return answer.errors.length === 0 ? 'ok' : 'errors';
  return answer.failed === 'SUBGRAPH_TIMEOUT' ? 'timeout' : 'unavailable';
}
