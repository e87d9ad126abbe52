import { type ASTNode, GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Log } from '../telemetry/log.ts';

/**
 * The catalogue of top-level errors: every code that a client can get in `errors[].extensions.code`, with the HTTP status
 * of a response that has no data. Clients never get another code.
 */
export const faultCodes = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  INSUFFICIENT_SCOPE: 403,
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

/** Returns the body of a response that has only this error. */
export function errorBody(code: FaultCode, message: string) {
  return { errors: [{ message, extensions: { code } }] };
}

/**
 * Creates an error for the client, who gets its message unchanged.
 *
 * @param retryAfterS the number of seconds after which the client may try again.
 */
export function fault(code: FaultCode, message: string, retryAfterS?: number): GraphQLError {
  const hint = retryAfterS === undefined ? {} : { retryAfterS };
  return new GraphQLError(message, { extensions: { code, ...hint, http: { status: faultCodes[code] } } });
}

/**
 * Creates the error of an argument that a field refuses.
 *
 * @param field the path from the field's arguments to the value, such as `['filter', 'createdAfter']`. It is the extension
 *   `field`, as in user errors.
 */
export function badArgument(field: readonly string[], message: string): GraphQLError {
  const code = 'BAD_USER_INPUT';
  return new GraphQLError(message, { extensions: { code, field, http: { status: faultCodes[code] } } });
}

/** What a client may read of an error's extensions besides its code. Other values are left out. */
interface FaultDetails {
  /** The number of whole seconds after which the client may try again. */
  readonly retryAfterS?: number;
  /** The path to the argument that is at fault. */
  readonly field?: readonly string[];
}

/** Reads the details of an error from its extensions. */
export function detailsOf(extensions: Readonly<Record<string, unknown>> | undefined): FaultDetails {
  const field = extensions?.['field'];
  const isPath = Array.isArray(field) && field.every((step) => typeof step === 'string');
  return { ...retryHint(extensions), ...(isPath ? { field } : {}) };
}

/** Reads `retryAfterS`, in whole seconds, from the extensions of an error. Empty if it has none. */
export function retryHint(extensions: Readonly<Record<string, unknown>> | undefined): { retryAfterS?: number } {
  const retryAfterS = extensions?.['retryAfterS'];
  return typeof retryAfterS === 'number' && Number.isSafeInteger(retryAfterS) ? { retryAfterS } : {};
}

/**
 * Creates the error of a value that a scalar cannot parse. Validation replaces the code of such an error in a literal; the
 * mark `badInput` remains.
 */
export function badInput(message: string, node?: ASTNode): GraphQLError {
  return new GraphQLError(message, {
    ...(node === undefined ? {} : { nodes: node }),
    extensions: { code: 'BAD_USER_INPUT', badInput: true },
  });
}

/** One message for every missing or bad token, so that a caller learns nothing about the reason. */
export function unauthenticated(): GraphQLError {
  return new GraphQLError('Sign in: this field needs a valid access token.', {
    extensions: { code: 'UNAUTHENTICATED' },
  });
}

export const internalMessage = 'Something went wrong on our side.';

/** In UTF-16 code units. Validation errors quote the wrong value, however long it is. */
const longestMessage = 1_000;

/**
 * Formats an error for a client: message, path and code if the catalogue has the code. Any other error is logged, and the
 * client gets a general message.
 */
export function clientError(formatted: GraphQLFormattedError, error: unknown, log: Log): GraphQLFormattedError {
  const position = {
    ...(formatted.locations === undefined ? {} : { locations: formatted.locations }),
    ...(formatted.path === undefined ? {} : { path: formatted.path }),
  };
  const code = isBadInput(formatted, error) ? 'BAD_USER_INPUT' : formatted.extensions?.['code'];
  if (isFaultCode(code) && code !== 'INTERNAL_SERVER_ERROR') {
    const extensions = { code, ...detailsOf(formatted.extensions) };
    return { message: shortened(formatted.message), ...position, extensions };
  }
  log.error({ err: original(error), path: formatted.path }, 'a request failed');
  return { message: internalMessage, ...position, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}

/**
 * Whether the caller's input is wrong. graphql-js gives no code to the error of an argument that a variable makes null. The
 * database and our own code never throw an error of its class with such a message.
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

/** Removes the suggestion, which names parts of the schema. It is the last sentence; the text before it may quote the client. */
export function withoutSuggestion(error: GraphQLFormattedError): GraphQLFormattedError {
  const at = error.message.lastIndexOf('Did you mean ');
  if (at === -1 || !error.message.endsWith('?')) return error;
  return { ...error, message: error.message.slice(0, at).trimEnd() };
}

function original(error: unknown): unknown {
  return error instanceof GraphQLError ? (error.originalError ?? error) : error;
}
