import { ApolloGateway } from '@apollo/gateway';
import { buildASTSchema, type DocumentNode, execute, type GraphQLError, type GraphQLSchema, parse } from 'graphql';
import { createLog } from '#platform/telemetry/log.ts';
import type { CallSubgraph } from '#router/call-subgraph.ts';
import { createContext } from '#router/context.ts';
import { subgraphDataSource } from '#router/data-source.ts';
import { createExecution, type Executor } from '#router/execution/executor.ts';
import type { SubgraphAnswer } from '#router/subgraph-client.ts';
import type { Supergraph } from './compose.ts';

const log = createLog('test', 'silent');

/** Changes a subgraph's answer before an executor reads it. */
export type Spoil = (answer: SubgraphAnswer, subgraph: string) => SubgraphAnswer;

export const honest: Spoil = (answer) => answer;

/** The two executors of one supergraph. Both use the same subgraphs, in memory. */
export interface Contenders {
  readonly schema: GraphQLSchema;
  readonly gateway: Executor;
  readonly ours: Executor;
  /** The number of requests to subgraphs that the gateway's executor has made. */
  readonly fetched: () => number;
}

export async function startContenders(
  { supergraphSdl, schemas }: Supergraph,
  spoil: Spoil = honest,
): Promise<Contenders> {
  const callSubgraph: CallSubgraph = async (name, { query, variables }) => {
    const document = parse(query);
    const result = await execute({ schema: schemas[name]!, document, variableValues: variables });
    const { data = null, errors = [] } = JSON.parse(JSON.stringify(result)) as Partial<SubgraphAnswer>;
    return spoil({ data, errors: errors.map((error) => ({ ...error, extensions: error.extensions ?? {} })) }, name);
  };
  const execution = createExecution(buildASTSchema(parse(supergraphSdl), { assumeValidSDL: true }), callSubgraph);
  let fetched = 0;
  const gateway = new ApolloGateway({
    supergraphSdl,
    logger: log,
    experimental_didResolveQueryPlan: execution.learn,
    buildService: ({ name }) =>
      subgraphDataSource(name, async (...call) => {
        fetched += 1;
        return await callSubgraph(...call);
      }),
  });
  const { executor } = await gateway.load();
  const own = executor as Executor;
  return { schema: gateway.schema!, gateway: own, ours: execution.before(own), fetched: () => fetched };
}

/** The parsed documents. Our executor caches plans by document, and Apollo Server parses each document once. */
const documents = new Map<string, DocumentNode>();

function documentOf(source: string): DocumentNode {
  const document = documents.get(source) ?? parse(source);
  documents.set(source, document);
  return document;
}

export interface Operation {
  readonly source: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** An error: its message, path and code, or only its message if it has no code. */
export type ExpectedError = readonly [message: string, path?: readonly (string | number)[] | undefined, code?: string];

export interface Answer {
  readonly data: unknown;
  /** The distinct errors, each an `ExpectedError` as JSON. */
  readonly errors: readonly string[];
}

export async function answerOf(
  { gateway, schema }: Contenders,
  executor: Executor,
  { source, variables }: Operation,
): Promise<Answer> {
  const { operationName, ...values } = variables;
  const request = { query: source, variables: values, ...(operationName === undefined ? {} : { operationName }) };
  const document = documentOf(source);
  // The gateway caches plans by this hash. The prefix separates the plans of the two executors.
  const queryHash = `${executor === gateway ? 'gateway' : 'ours'} ${source}`;
  const { data, errors, extensions } = await executor({
    request,
    document,
    source,
    schema,
    queryHash,
    context: createContext(undefined),
    metrics: {},
    logger: log,
  } as unknown as Parameters<Executor>[0]);
  // The gateway reports nulled fields in an extension, and only if there are no other errors.
  const faults = (extensions?.['valueCompletion'] ?? []) as GraphQLError[];
  const reported: ExpectedError[] = [
    ...(errors ?? []).map(({ message, path, extensions }): ExpectedError =>
      // If a whole fetch fails, the gateway's error has no path.
      extensions?.['code'] === undefined ? [message] : [message, path, extensions['code'] as string],
    ),
    ...faults.map(({ message, path }): ExpectedError => [message, path, 'INTERNAL_SERVER_ERROR']),
  ];
  const texts = new Set(reported.map((error) => JSON.stringify(error)));
  return JSON.parse(JSON.stringify({ data, errors: [...texts] })) as Answer;
}
