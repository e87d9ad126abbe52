import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import { readAccept } from '../http/accept.ts';
import { faultCodes, isFaultCode } from '../errors/faults.ts';

/** An answer has this many errors at most: a thousand rows can each be short of a field. */
export const maxErrors = 100;

/**
 * Decides the status and the number of errors of answers, where Apollo Server leaves them open. A client that takes
 * `application/json` and no other form of JSON cannot tell by the status whose answer it is, so that it gets 200 with what
 * is wrong in a well-formed request; every other client gets 400.
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
        if (response.http.status === 500) response.http.status = statusOf(errors);
        if (errors.every(isWellFormedRequests) && readAccept(request.http?.headers.get('accept')).onlyPlainJson) {
          response.http.status = 200;
        }
        response.body.singleResult.errors = errors.slice(0, maxErrors);
      },
    }),
  };
}

/** Apollo Server says 500 of every error without a status of its own that ends an operation. */
function statusOf(errors: readonly GraphQLFormattedError[]): number {
  return Math.max(
    ...errors.map(({ extensions }) => {
      const code = extensions?.['code'];
      return isFaultCode(code) ? faultCodes[code] : 500;
    }),
  );
}

const wellFormedRequests = new Set<unknown>(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT']);

function isWellFormedRequests({ extensions }: GraphQLFormattedError): boolean {
  return wellFormedRequests.has(extensions?.['code']);
}
