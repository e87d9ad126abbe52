import { type ASTNode, GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Log } from '../telemetry/log.ts';

/**
 * The catalogue of top-level errors: every code that a client can meet in `errors[].extensions.code`, with
 * the HTTP status of an answer that has nothing else. A code that is not here does not leave the system.
 */
export const faultCodes = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  BAD_REQUEST: 400,
  BAD_USER_INPUT: 400,
  GRAPHQL_PARSE_FAILED: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  OPERATION_RESOLUTION_FAILURE: 400,
  PERSISTED_QUERY_NOT_FOUND: 200,
  PERSISTED_QUERY_NOT_SUPPORTED: 200,
  QUERY_TOO_COMPLEX: 400,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  NOT_ACCEPTABLE: 406,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  RATE_LIMITED: 429,
  TOO_MANY_STREAMS: 429,
  SUBGRAPH_TIMEOUT: 504,
  SUBGRAPH_UNAVAILABLE: 503,
  SERVICE_UNAVAILABLE: 503,
  INTERNAL_SERVER_ERROR: 500,
} as const;

export type FaultCode = keyof typeof faultCodes;

export function isFaultCode(code: unknown): code is FaultCode {
  return typeof code === 'string' && Object.hasOwn(faultCodes, code);
}

/** The body of an answer that has nothing but this fault. */
export function errorBody(code: FaultCode, message: string) {
  return { errors: [{ message, extensions: { code } }] };
}

/**
 * A fault that the client may know of: its message goes out as it is.
 *
 * @param retryAfterS the seconds after which another try may succeed.
 */
export function fault(code: FaultCode, message: string, retryAfterS?: number): GraphQLError {
  const hint = retryAfterS === undefined ? {} : { retryAfterS };
  return new GraphQLError(message, { extensions: { code, ...hint, http: { status: faultCodes[code] } } });
}

/** The hint of when to try again, as extensions of an error have it: whole seconds, if it is there. */
export function retryHint(extensions: Readonly<Record<string, unknown>> | undefined): { retryAfterS?: number } {
  const retryAfterS = extensions?.['retryAfterS'];
  return typeof retryAfterS === 'number' && Number.isSafeInteger(retryAfterS) ? { retryAfterS } : {};
}

/**
 * A value that its scalar cannot be parsed from. Validation rewrites the code of an error that it meets in a
 * literal, so the mark says what it was.
 */
export function badInput(message: string, node?: ASTNode): GraphQLError {
  return new GraphQLError(message, {
    ...(node === undefined ? {} : { nodes: node }),
    extensions: { code: 'BAD_USER_INPUT', badInput: true },
  });
}

/** One message for every way in which a token can be missing or bad, so that none can be told from another. */
export function unauthenticated(): GraphQLError {
  return new GraphQLError('Sign in: this field needs a valid access token.', {
    extensions: { code: 'UNAUTHENTICATED' },
  });
}

export const internalMessage = 'Something went wrong on our side.';

/** Errors of validation quote the value that was wrong, however long it is. In UTF-16 code units. */
const longestMessage = 1_000;

/**
 * What a client is told of an error: message, place and code where the code is in the catalogue; otherwise
 * that something went wrong, while the log has the rest.
 */
export function clientError(formatted: GraphQLFormattedError, error: unknown, log: Log): GraphQLFormattedError {
  const place = {
    ...(formatted.locations === undefined ? {} : { locations: formatted.locations }),
    ...(formatted.path === undefined ? {} : { path: formatted.path }),
  };
  const code = isBadInput(formatted, error) ? 'BAD_USER_INPUT' : formatted.extensions?.['code'];
  if (isFaultCode(code) && code !== 'INTERNAL_SERVER_ERROR') {
    const extensions = { code, ...retryHint(formatted.extensions) };
    return { message: shortened(formatted.message), ...place, extensions };
  }
  log.error({ err: original(error), path: formatted.path }, 'a request met a fault');
  return { message: internalMessage, ...place, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}

/**
 * Whether the caller's input is wrong. graphql-js gives no code to the error of an argument that only the variables
 * make null; the database and our own code never throw an error of its class with such a message.
 */
function isBadInput({ extensions }: GraphQLFormattedError, error: unknown): boolean {
  if (extensions?.['badInput'] === true) return true;
  const cause = original(error);
  return (
    cause instanceof GraphQLError && cause.extensions['code'] === undefined && cause.message.startsWith('Argument "')
  );
}

function shortened(message: string): string {
  return message.length <= longestMessage ? message : `${message.slice(0, longestMessage).toWellFormed()}…`;
}

/** Suggestions name fields and values of the schema. They come last; the text before them may quote the client. */
export function withoutSuggestion(error: GraphQLFormattedError): GraphQLFormattedError {
  const at = error.message.lastIndexOf('Did you mean ');
  if (at === -1 || !error.message.endsWith('?')) return error;
  return { ...error, message: error.message.slice(0, at).trimEnd() };
}

function original(error: unknown): unknown {
  return error instanceof GraphQLError ? (error.originalError ?? error) : error;
}
