import { callerGone } from '#platform/http/callers.ts';
import type { Log } from '#platform/telemetry/log.ts';
import type { RouterContext } from './context.ts';
import { failedFields } from './failed-fields.ts';
import type {
  ForwardedClient,
  SubgraphAnswer,
  SubgraphClient,
  SubgraphError,
  SubgraphFailure,
  SubgraphOperation,
} from './subgraph-client.ts';

/** Sends an operation of a request to one subgraph. It never rejects: failures become errors of the answer. */
export type CallSubgraph = (
  name: string,
  operation: SubgraphOperation,
  context: RouterContext,
) => Promise<SubgraphAnswer>;

export interface CallOptions {
  /** By the subgraph's name. */
  readonly clients: Readonly<Record<string, SubgraphClient>>;
  /** Root fields that several subgraphs resolve. */
  readonly sharedRootFields: ReadonlySet<string>;
  readonly log: Log;
}

/**
 * Sends the fetches of a query plan to their subgraphs. If a subgraph does not respond, only its own fields get errors;
 * the rest of the plan is executed.
 */
export function callSubgraphs({ clients, sharedRootFields, log }: CallOptions): CallSubgraph {
  return async (name, operation, context) => {
    const { timedOut, forwardedAuthorization } = context;
    const answer = timedOut.has(name)
      ? tooLateBefore
      : await clients[name]!.ask(operation, forwardedAuthorization, forwardedClient(context));
    if (!('failed' in answer)) return { ...answer, errors: locatedErrors(operation, answer, sharedRootFields) };
    if (answer.failed === 'SUBGRAPH_TIMEOUT') timedOut.add(name);
    const reason = { subgraph: name, reason: answer.reason };
    if (answer.failed === 'CALLER_GONE') log.debug(reason, 'a client disconnected before a subgraph responded');
    else log.warn(reason, 'a subgraph did not answer');
    return { data: null, errors: failureErrors(name, operation, answer, sharedRootFields) };
  };
}

/** Returns the client of a mutation, or of staff; `gone` is set if the subgraph queues the operation (sign-ins). */
function forwardedClient({ signsIn, forwardsClient, sender, device, gone }: RouterContext): ForwardedClient | null {
  return forwardsClient && sender !== null ? { sender, device, gone: signsIn ? gone : null } : null;
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
 * Replaces an error about the whole operation, such as an invalid variable, with one error for each field that is
 * missing because of it. The client sees which of its fields failed.
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

/** A path of only `_entities` is no help to a client, which did not select that field. */
function isLocated({ path = [] }: SubgraphError): boolean {
  return path.length > (path[0] === '_entities' ? 1 : 0);
}
