import { type DocumentNode, Kind, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { fault, unauthenticated } from '#platform/errors/faults.ts';
import type { Identity, IdentityReader } from '#platform/identity/identity.ts';
import { errorText, type Log } from '#platform/telemetry/log.ts';
import { subscriptionFault } from '#platform/graphql/subscription-fault.ts';
import { nameOperation } from '#platform/telemetry/requests.ts';
import type { RouterContext } from './context.ts';
import type { LimitOperation } from './limits/operation.ts';
import { type TokenDependence, tokenDependence } from './public-operations.ts';
import type { RateLimits } from './rate-limits/rate-limits.ts';
import { type SignIns, signInsOf, viewersBelow } from './rate-limits/sign-ins.ts';

export interface AdmissionOptions {
  readonly identify: IdentityReader;
  readonly limitOperation: LimitOperation;
  readonly rateLimits: RateLimits | null;
  readonly log: Log;
}

/** An operation that was found in its document, before it is planned. */
export interface ResolvedOperation {
  /** Undefined if the document has no such operation. */
  readonly operation: OperationDefinitionNode | undefined;
  readonly document: DocumentNode;
  readonly request: { readonly operationName?: string | undefined; variables?: Record<string, unknown> | undefined };
  readonly context: RouterContext;
  /** Of the response: they get the state of the rate limits. */
  readonly headers: Map<string, string>;
}

/** The response keys of attempts that are refunded where they succeed. */
export type Attempts = readonly string[];

export interface Admission {
  /**
   * Refuses an operation before it is planned: if it cannot be executed, exceeds a limit, or its token does not permit
   * it.
   */
  readonly admit: (resolved: ResolvedOperation) => Promise<Attempts>;
  /** Refunds the attempts that the data show to be successful. */
  readonly refund: (
    attempts: Attempts,
    data: Readonly<Record<string, unknown>>,
    context: RouterContext,
  ) => Promise<void>;
}

export function createAdmission({ identify, limitOperation, rateLimits, log }: AdmissionOptions): Admission {
  const identityOf = whereKnown(identify, log);
  const readings = new WeakMap<OperationDefinitionNode, Reading>();

  function readingOf(operation: OperationDefinitionNode, document: DocumentNode): Reading {
    const known = readings.get(operation);
    if (known !== undefined) return known;
    const reading = { signIns: signInsOf(operation, document), dependence: tokenDependence(operation, document) };
    readings.set(operation, reading);
    return reading;
  }

  return {
    admit: async ({ operation, document, request, context, headers }) => {
      if (operation === undefined) throw unresolved(document, request.operationName);
      nameOperation(operation.operation, operation.name?.value);
      if (operation.operation === OperationTypeNode.SUBSCRIPTION) throw subscriptionFault();
      const cost = limitOperation({ operation, document, variables: request.variables ?? {} });
      // A variable may be called `constructor`: without a prototype, a missing one is undefined.
      request.variables = Object.assign(Object.create(null), request.variables);
      const { authorization, sender } = context;
      const identity = await identityOf(authorization);
      const { signIns, dependence } = readingOf(operation, document);
      const { times, logins, clientTokens } = signIns;
      context.signsIn = times > 0;
      context.forwardsClient = operation.operation === OperationTypeNode.MUTATION || isStaff(identity);
      const isCounted = sender !== null && rateLimits !== null;
      if (isCounted) {
        const viewer = identity?.token === 'valid' ? identity.viewer : null;
        const expense = { sender, viewer, cost, signIns: times, clientTokens: clientTokens.length };
        await rateLimits.spend(expense, (name, value) => void headers.set(name, value));
      }
      context.forwardedAuthorization = forwardedAuthorization(authorization, identity, dependence);
      return isCounted ? [...logins, ...clientTokens] : [];
    },
    refund: async (attempts, data, { sender }) => {
      if (sender === null) return;
      const viewers = await viewersBelow(attempts, data, identityOf);
      await Promise.all(viewers.map(async (viewer) => await rateLimits?.succeeded(sender, viewer)));
    },
  };
}

/** What admission reads from an operation, once. */
interface Reading {
  readonly signIns: SignIns;
  readonly dependence: TokenDependence;
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

/**
 * Returns the `Authorization` header for the subgraphs. An invalid token is forwarded only if the operation also has
 * fields that need no token: the subgraphs then refuse the others.
 *
 * @param identity null if the token cannot be verified at the moment.
 * @throws UNAUTHENTICATED; SERVICE_UNAVAILABLE if the token cannot be verified at the moment.
 */
function forwardedAuthorization(
  authorization: string | undefined,
  identity: Identity | null,
  dependence: TokenDependence,
): string | undefined {
  if (authorization === undefined || identity?.token === 'valid') return authorization;
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
