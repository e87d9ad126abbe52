import type { Log } from '#platform/log.ts';
import type { RouterContext } from './context.ts';
import { failedFields } from './failed-fields.ts';
import type {
  SubgraphAnswer,
  SubgraphClient,
  SubgraphError,
  SubgraphFailure,
  SubgraphOperation,
} from './subgraph-client.ts';

/** Asks one subgraph on behalf of a request. There is always an answer. */
export type AskSubgraph = (
  name: string,
  operation: SubgraphOperation,
  context: RouterContext,
) => Promise<SubgraphAnswer>;

export interface AskOptions {
  /** By the subgraph's name. */
  readonly clients: Readonly<Record<string, SubgraphClient>>;
  /** Root fields that several subgraphs answer. */
  readonly sharedRootFields: ReadonlySet<string>;
  readonly log: Log;
}

/**
 * How the fetches of a query plan reach their subgraphs. A subgraph that does not answer takes only its own fields with
 * it: each of them gets an error, and the rest of the plan goes on.
 */
export function askSubgraphs({ clients, sharedRootFields, log }: AskOptions): AskSubgraph {
  return async (name, operation, { timedOut, forwardedAuthorization }) => {
    const answer = timedOut.has(name) ? tooLateBefore : await clients[name]!.ask(operation, forwardedAuthorization);
    if (!('failed' in answer)) return answer;
    if (answer.failed === 'SUBGRAPH_TIMEOUT') timedOut.add(name);
    log.warn({ subgraph: name, reason: answer.reason }, 'a subgraph did not answer');
    return { data: null, errors: failureErrors(name, operation, answer, sharedRootFields) };
  };
}

const tooLateBefore: SubgraphFailure = {
  failed: 'SUBGRAPH_TIMEOUT',
  reason: 'it did not answer this request in time before',
};

function failureErrors(
  name: string,
  operation: SubgraphOperation,
  { failed: code }: SubgraphFailure,
  sharedRootFields: ReadonlySet<string>,
): SubgraphError[] {
  const message = {
    SUBGRAPH_TIMEOUT: `The ${name} service did not answer in time.`,
    SUBGRAPH_UNAVAILABLE: `The ${name} service cannot be reached at the moment.`,
  }[code];
  return failedFields(operation, sharedRootFields).map((path) => ({ message, path, extensions: { code } }));
}
