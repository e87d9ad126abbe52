import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import { readAccept } from '../http/accept.ts';
import { faultCodes, isFaultCode } from '../errors/faults.ts';

/** The maximum number of errors in a response: each of a thousand rows can lack a field. */
export const maxErrors = 100;

interface CodedError {
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** Bounds the errors of a response. Faults of the system come first, so that the next reader knows of them too. */
export function boundErrors<E extends CodedError>(errors: readonly E[]): readonly E[] {
  if (errors.length <= maxErrors) return errors;
  const faults = errors.filter(isFault);
  return [...faults, ...errors.filter((error) => !isFault(error))].slice(0, maxErrors);
}

function isFault(error: CodedError): boolean {
  return statusOf([error]) >= 500;
}

/**
 * Sets the status and limits the number of errors where Apollo Server leaves them open. A client that accepts
 * `application/json` and no other JSON type cannot rely on the status: a proxy may have sent the response. It gets 200
 * for an error of a well-formed request; any other client gets 400.
 *
 * @see https://graphql.github.io/graphql-over-http/draft/#sec-application-json
 */
export function answerForm(): ApolloServerPlugin {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ request, response }) => {
        if (response.body.kind !== 'single') return;
        const { errors } = response.body.singleResult;
        if (errors === undefined) return;
        // Apollo Server answers 500 where the error that ends an operation has no status.
        if (response.http.status === 500) response.http.status = statusOf(errors);
        if (errors.every(isOfWellFormedRequest) && readAccept(request.http?.headers.get('accept')).onlyPlainJson) {
          response.http.status = 200;
        }
        response.body.singleResult.errors = boundErrors(errors);
      },
    }),
  };
}

/** Returns the HTTP status of a response that has these errors and no data. */
export function statusOf(errors: readonly CodedError[]): number {
  return Math.max(
    ...errors.map(({ extensions }) => {
      const code = extensions?.['code'];
      return isFaultCode(code) ? faultCodes[code] : 500;
    }),
  );
}

const wellFormedRequests = new Set<unknown>(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT']);

function isOfWellFormedRequest({ extensions }: GraphQLFormattedError): boolean {
  return wellFormedRequests.has(extensions?.['code']);
}
