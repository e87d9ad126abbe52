import type { GraphQLFormattedError } from 'graphql';
import { clientError, type FaultCode, withoutSuggestion } from '#platform/errors/faults.ts';
import { apolloCode } from '#platform/graphql/apollo-code.ts';
import type { Log } from '#platform/telemetry/log.ts';

export interface ErrorOptions {
  readonly log: Log;
  /** Whether suggestions, which name fields and values of the schema, are left out. */
  readonly hideSchemaDetails: boolean;
}

/** Formats an error for a client: nothing internal, and a code of the catalogue. */
export function routerError(
  formatted: GraphQLFormattedError,
  error: unknown,
  { log, hideSchemaDetails }: ErrorOptions,
): GraphQLFormattedError {
  const code = apolloCode(error) ?? gatewayCode(formatted);
  const coded = code === null ? formatted : { ...formatted, extensions: { ...formatted.extensions, code } };
  return clientError(hideSchemaDetails ? withoutSuggestion(coded) : coded, error, log);
}

/** The gateway lacks newer parts of the introspection that graphql-js has validated, such as `isOneOf` of `__Type`. */
function gatewayCode({ extensions }: GraphQLFormattedError): FaultCode | null {
  return extensions?.['code'] === 'INVALID_GRAPHQL' ? 'GRAPHQL_VALIDATION_FAILED' : null;
}
