import { type Caller, callerGone } from '#platform/http/callers.ts';
import type { Log } from '#platform/telemetry/log.ts';
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
export type CallSubgraph = (
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
export function callSubgraphs({ clients, sharedRootFields, log }: AskOptions): CallSubgraph {
  return async (name, operation, context) => {
    const { timedOut, forwardedAuthorization } = context;
    const answer = timedOut.has(name)
      ? tooLateBefore
      : await clients[name]!.ask(operation, forwardedAuthorization, callerInTurn(context));
    if (!('failed' in answer)) return { ...answer, errors: locatedErrors(operation, answer, sharedRootFields) };
    if (answer.failed === 'SUBGRAPH_TIMEOUT') timedOut.add(name);
    const reason = { subgraph: name, reason: answer.reason };
    if (answer.failed === 'CALLER_GONE') log.debug(reason, 'a client went away before a subgraph answered');
    else log.warn(reason, 'a subgraph did not answer');
    return { data: null, errors: failureErrors(name, operation, answer, sharedRootFields) };
  };
}

/** The caller of an operation for which subgraphs let callers wait in turn; null for any other. */
function callerInTurn({ signsIn, sender, gone }: RouterContext): Caller | null {
  return signsIn && sender !== null && gone !== null ? { sender, signal: gone } : null;
}

const tooLateBefore: SubgraphFailure = {
  failed: 'SUBGRAPH_TIMEOUT',
  reason: 'it did not answer this request in time before',
};

function failureErrors(
  name: string,
  operation: SubgraphOperation,
  { failed }: SubgraphFailure,
  sharedRootFields: ReadonlySet<string>,
): SubgraphError[] {
  const message = {
    SUBGRAPH_TIMEOUT: `The ${name} service did not answer in time.`,
    SUBGRAPH_UNAVAILABLE: `The ${name} service cannot be reached at the moment.`,
    CALLER_GONE: callerGone().message,
  }[failed];
  const code = failed === 'CALLER_GONE' ? 'BAD_REQUEST' : failed;
  return failedFields(operation, sharedRootFields).map((path) => ({ message, path, extensions: { code } }));
}

/**
 * Gives an error that is about the whole operation, such as a variable that the subgraph refuses, a path for each field
 * that is missing because of it: the client asked for other fields too, and must see which ones failed.
 */
function locatedErrors(
  operation: SubgraphOperation,
  { data, errors }: SubgraphAnswer,
  sharedRootFields: ReadonlySet<string>,
): readonly SubgraphError[] {
  if (data !== null || errors.every(isLocated)) return errors;
  const paths = failedFields(operation, sharedRootFields);
  if (paths.length === 0) return errors;
  return errors.flatMap((error) => (isLocated(error) ? [error] : paths.map((path) => ({ ...error, path }))));
}

/** `_entities` alone says nothing to a client, which has not asked for it. */
function isLocated({ path = [] }: SubgraphError): boolean {
  return path.length > (path[0] === '_entities' ? 1 : 0);
}
