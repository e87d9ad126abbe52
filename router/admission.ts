import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, Kind, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { fault, unauthenticated } from '#platform/faults.ts';
import type { Identity, IdentityReader } from '#platform/identity.ts';
import { errorText, type Log } from '#platform/log.ts';
import type { RouterContext } from './context.ts';
import type { LimitOperation } from './limits/operation.ts';
import { tokenDependence } from './public-operations.ts';
import type { RateLimits } from './rate-limits/rate-limits.ts';
import { signInsOf } from './rate-limits/sign-ins.ts';

export interface AdmissionOptions {
  readonly identify: IdentityReader;
  readonly limitOperation: LimitOperation;
  readonly rateLimits: RateLimits | null;
  readonly log: Log;
}

/**
 * Refuses, before it is planned, an operation that cannot be executed, that asks for too much, or that nobody may
 * execute with such a token.
 */
export function admission({
  identify,
  limitOperation,
  rateLimits,
  log,
}: AdmissionOptions): ApolloServerPlugin<RouterContext> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ schema, operation, document, request, response, contextValue }) => {
        if (operation === undefined) throw unresolved(document, request.operationName);
        if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
          throw fault('BAD_REQUEST', 'A subscription is not answered with a single response.');
        }
        const cost = limitOperation(schema, { operation, document, variables: request.variables ?? {} });
        // A variable may be called `constructor`: where it is not given, nothing is to be found under that name.
        request.variables = Object.assign(Object.create(null), request.variables);
        const { authorization, sender } = contextValue;
        if (sender !== null && rateLimits !== null) {
          const customerId = await customerIdOf(authorization, identify, log);
          const signIns = signInsOf(operation, document);
          await rateLimits.spend({ sender, customerId, cost, signIns }, (name, value) => {
            response.http.headers.set(name, value);
          });
        }
        contextValue.forwardedAuthorization = await forwardedAuthorization(
          { operation, document, authorization },
          identify,
          log,
        );
      },
    }),
  };
}

function unresolved({ definitions }: DocumentNode, operationName: string | undefined) {
  const operations = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operations.length === 0) return fault('OPERATION_RESOLUTION_FAILURE', 'The document has no operation.');
  return operationName === undefined
    ? fault('OPERATION_RESOLUTION_FAILURE', '`operationName` has to say which of the operations is meant.')
    : fault('OPERATION_RESOLUTION_FAILURE', 'The document has no operation of that name.');
}

interface Asked {
  readonly operation: OperationDefinitionNode;
  readonly document: DocumentNode;
  readonly authorization: string | undefined;
}

/**
 * What the subgraphs get of the `Authorization` header. A bad token goes on only where the subgraphs have to tell the
 * fields that look at it from those that do not.
 *
 * @throws UNAUTHENTICATED, and SERVICE_UNAVAILABLE where nobody can say whether the token is good.
 */
async function forwardedAuthorization(asked: Asked, identify: IdentityReader, log: Log): Promise<string | undefined> {
  const { operation, document, authorization } = asked;
  if (authorization === undefined) return undefined;
  const dependence = tokenDependence(operation, document);
  const identity = await identityOf(authorization, identify, log);
  if (identity?.token === 'valid') return authorization;
  if (dependence === 'never') return undefined;
  if (identity === null) throw fault('SERVICE_UNAVAILABLE', 'Who you are cannot be checked at the moment.');
  if (dependence === 'wholly') throw fault('UNAUTHENTICATED', unauthenticated().message);
  return authorization;
}

async function customerIdOf(authorization: string | undefined, identify: IdentityReader, log: Log) {
  if (authorization === undefined) return null;
  const identity = await identityOf(authorization, identify, log);
  return identity?.token === 'valid' ? identity.viewer.id : null;
}

/** Null where the public keys cannot be had. */
async function identityOf(authorization: string, identify: IdentityReader, log: Log): Promise<Identity | null> {
  try {
    return await identify(authorization);
  } catch (error) {
    log.error({ reason: errorText(error) }, 'the public keys of the user subgraph cannot be read');
    return null;
  }
}
