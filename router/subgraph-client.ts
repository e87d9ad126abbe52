import { Pool } from 'undici';
import { z } from 'zod';
import { errorText } from '#platform/log.ts';
import { currentTraceparent } from '#platform/trace.ts';

/** An operation as the query plan asks it of one subgraph. */
export interface SubgraphOperation {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What a subgraph answered, of which only this much is passed on. */
export interface SubgraphAnswer {
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly SubgraphError[];
}

export interface SubgraphError {
  readonly message: string;
  readonly path?: (string | number)[];
  readonly extensions: { readonly code?: string };
}

/** Why there is no answer; `reason` is for the log, since it may name addresses. */
export interface SubgraphFailure {
  readonly failed: 'SUBGRAPH_TIMEOUT' | 'SUBGRAPH_UNAVAILABLE';
  readonly reason: string;
}

export interface SubgraphClient {
  readonly ask: (
    operation: SubgraphOperation,
    authorization: string | undefined,
  ) => Promise<SubgraphAnswer | SubgraphFailure>;
  /** Waits for what is in flight. */
  readonly close: () => Promise<void>;
}

export interface SubgraphClientOptions {
  readonly url: string;
  /** For the whole of an answer. */
  readonly timeoutMs: number;
  /** Largest number of connections that are kept open. */
  readonly connections: number;
}

/** Asks one subgraph over connections that are kept. */
export function subgraphClient({ url, timeoutMs, connections }: SubgraphClientOptions): SubgraphClient {
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, { connections });

  return {
    ask: async (operation, authorization) => {
      const signal = AbortSignal.timeout(timeoutMs);
      const traceparent = currentTraceparent();
      try {
        const { statusCode, body } = await pool.request({
          method: 'POST',
          path: `${pathname}${search}`,
          headers: {
            'content-type': 'application/json',
            accept: 'application/json',
            ...(authorization === undefined ? {} : { authorization }),
            ...(traceparent === null ? {} : { traceparent }),
          },
          body: JSON.stringify(operation),
          signal,
        });
        return readAnswer(statusCode, await body.text());
      } catch (error) {
        return { failed: signal.aborted ? 'SUBGRAPH_TIMEOUT' : 'SUBGRAPH_UNAVAILABLE', reason: errorText(error) };
      }
    },
    close: async () => await pool.close(),
  };
}

const answer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        path: z.exactOptional(z.array(z.union([z.string(), z.number()]))),
        extensions: z.object({ code: z.exactOptional(z.string()) }).default({}),
      }),
    )
    .optional(),
});

/** A refused operation comes with a status below 500 and GraphQL's errors: that is an answer. */
function readAnswer(statusCode: number, body: string): SubgraphAnswer | SubgraphFailure {
  const failure = { failed: 'SUBGRAPH_UNAVAILABLE', reason: `it answered with status ${statusCode}` } as const;
  if (statusCode >= 500) return failure;
  const parsed = answer.safeParse(jsonOf(body));
  if (!parsed.success || (parsed.data.data === undefined && parsed.data.errors === undefined)) {
    return { ...failure, reason: `${failure.reason} and no GraphQL` };
  }
  return { data: parsed.data.data ?? null, errors: parsed.data.errors ?? [] };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
