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

/** The status and the headers of a response, which are still to be sent. */
export interface AnswerHead {
  status?: number;
  readonly headers: Map<string, string>;
}

/**
 * Sets the status and limits the number of errors. A client that accepts `application/json` and no other JSON type cannot
 * rely on the status: a proxy may have sent the response. It gets 200 for an error of a well-formed request; any other
 * client gets 400.
 *
 * @see https://graphql.github.io/graphql-over-http/draft/#sec-application-json
 */
export function formAnswer(
  result: { errors?: readonly GraphQLFormattedError[] },
  http: AnswerHead,
  accept: string | undefined,
): void {
  const { errors } = result;
  if (errors === undefined) return;
  // 500 stands for the status that the error itself does not have.
  if (http.status === 500) http.status = statusOf(errors);
  if (errors.every(isOfWellFormedRequest) && readAccept(accept).onlyPlainJson) http.status = 200;
  result.errors = boundErrors(errors);
}

/** Forms the responses of Apollo Server. */
export function answerForm(): ApolloServerPlugin {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ request, response: { body, http } }) => {
        if (body.kind === 'single') formAnswer(body.singleResult, http, request.http?.headers.get('accept'));
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
