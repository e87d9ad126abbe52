import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, Kind, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { fault, unauthenticated } from '#platform/errors/faults.ts';
import type { Identity, IdentityReader } from '#platform/identity/identity.ts';
import { errorText, type Log } from '#platform/telemetry/log.ts';
import { subscriptionFault } from '#platform/graphql/subscription-fault.ts';
import { nameOperation } from '#platform/telemetry/requests.ts';
import type { RouterContext } from './context.ts';
import type { LimitOperation } from './limits/operation.ts';
import { tokenDependence } from './public-operations.ts';
import type { RateLimits } from './rate-limits/rate-limits.ts';
import { signInsOf, viewersBelow } from './rate-limits/sign-ins.ts';

export interface AdmissionOptions {
  readonly identify: IdentityReader;
  readonly limitOperation: LimitOperation;
  readonly rateLimits: RateLimits | null;
  readonly log: Log;
}

/**
 * Refuses an operation before it is planned: if it cannot be executed, exceeds a limit, or its token does not permit
 * it.
 */
export function admission({
  identify,
  limitOperation,
  rateLimits,
  log,
}: AdmissionOptions): ApolloServerPlugin<RouterContext> {
  const identityOf = whereKnown(identify, log);
  return {
    requestDidStart: async () => {
      /** The response keys of attempts that are refunded where they succeed. */
      let attempts: readonly string[] = [];
      return {
        didResolveOperation: async ({ operation, document, request, response, contextValue }) => {
          if (operation === undefined) throw unresolved(document, request.operationName);
          nameOperation(operation.operation, operation.name?.value);
          if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
            throw subscriptionFault();
          }
          const cost = limitOperation({ operation, document, variables: request.variables ?? {} });
          // A variable may be called `constructor`: without a prototype, a missing one is undefined.
          request.variables = Object.assign(Object.create(null), request.variables);
          const { authorization, sender } = contextValue;
          const identity = await identityOf(authorization);
          const signIns = signInsOf(operation, document);
          contextValue.signsIn = signIns.times > 0;
          contextValue.forwardsClient = operation.operation === OperationTypeNode.MUTATION || isStaff(identity);
          if (sender !== null && rateLimits !== null) {
            const viewer = identity?.token === 'valid' ? identity.viewer : null;
            const { times, logins, clientTokens } = signIns;
            const expense = { sender, viewer, cost, signIns: times, clientTokens: clientTokens.length };
            await rateLimits.spend(expense, (name, value) => {
              response.http.headers.set(name, value);
            });
            attempts = [...logins, ...clientTokens];
          }
          contextValue.forwardedAuthorization = forwardedAuthorization({
            operation,
            document,
            authorization,
            identity,
          });
        },
        willSendResponse: async ({ response: { body }, contextValue: { sender } }) => {
          if (attempts.length === 0 || sender === null || body.kind !== 'single') return;
          const viewers = await viewersBelow(attempts, body.singleResult.data ?? {}, identityOf);
          await Promise.all(viewers.map(async (viewer) => await rateLimits?.succeeded(sender, viewer)));
        },
      };
    },
  };
}

/** Subgraphs record where staff read from. */
function isStaff(identity: Identity | null): boolean {
  return identity?.token === 'valid' && identity.viewer.roles.length > 0;
}

function unresolved({ definitions }: DocumentNode, operationName: string | undefined) {
  const operations = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operations.length === 0) return fault('OPERATION_RESOLUTION_FAILURE', 'The document has no operation.');
  return operationName === undefined
    ? fault('OPERATION_RESOLUTION_FAILURE', 'Set `operationName`: the document has several operations.')
    : fault('OPERATION_RESOLUTION_FAILURE', 'The document has no operation with the name in `operationName`.');
}

interface ForwardingInput {
  readonly operation: OperationDefinitionNode;
  readonly document: DocumentNode;
  readonly authorization: string | undefined;
  /** Null if the token cannot be verified at the moment. */
  readonly identity: Identity | null;
}

/**
 * Returns the `Authorization` header for the subgraphs. An invalid token is forwarded only if the operation also has
 * fields that need no token: the subgraphs then refuse the others.
 *
 * @throws UNAUTHENTICATED; SERVICE_UNAVAILABLE if the token cannot be verified at the moment.
 */
function forwardedAuthorization({ operation, document, authorization, identity }: ForwardingInput): string | undefined {
  if (authorization === undefined || identity?.token === 'valid') return authorization;
  const dependence = tokenDependence(operation, document);
  if (dependence === 'never') return undefined;
  if (identity === null)
    throw fault('SERVICE_UNAVAILABLE', "Your token can't be verified right now. Try again shortly.");
  if (dependence === 'wholly') throw fault('UNAUTHENTICATED', unauthenticated().message);
  return authorization;
}

/** Returns null if the public keys cannot be fetched. */
function whereKnown(identify: IdentityReader, log: Log): (authorization?: string) => Promise<Identity | null> {
  return async (authorization) => {
    try {
      return await identify(authorization);
    } catch (error) {
      log.error({ reason: errorText(error) }, 'the public keys of the user subgraph cannot be read');
      return null;
    }
  };
}
