import type { FaultCode } from './faults.ts';

/** What a client should do with a request that failed. */
export type Retry =
  /** The same request fails again. */
  | 'no'
  /** After the time in `Retry-After` or `retryAfterS`; without one, after a pause that doubles. */
  | 'later'
  /** As `later`; a mutation only with its idempotency key, since it may have taken effect. */
  | 'with the same key'
  /** After the step that `meaning` names. */
  | 'after a change';

interface FaultMeaning {
  readonly meaning: string;
  readonly where: string;
  readonly retry: Retry;
}

/** The meaning of each top-level error, for docs/errors.md. */
export const faultMeanings: Readonly<Record<FaultCode, FaultMeaning>> = {
  UNAUTHENTICATED: {
    meaning: 'The access token is missing, expired, revoked or not valid. Refresh it, or sign in.',
    where: 'every field that needs a viewer; the end of a stream',
    retry: 'after a change',
  },
  FORBIDDEN: {
    meaning: 'The caller may not use the field, whatever its scopes, or the server runs only registered operations.',
    where: 'fields of staff; fields that are closed to API clients; requests of other sites without CORS headers',
    retry: 'no',
  },
  INSUFFICIENT_SCOPE: {
    meaning: 'The API client lacks the scope that the message names.',
    where: 'fields that API clients may use',
    retry: 'no',
  },
  BAD_REQUEST: {
    meaning: 'The request cannot be read: malformed JSON, an ambiguous header, a repeated parameter.',
    where: 'every endpoint',
    retry: 'no',
  },
  BAD_USER_INPUT: {
    meaning: 'A value has the wrong type or form. The message names it.',
    where: 'variables, arguments, query parameters, members of a body',
    retry: 'no',
  },
  GRAPHQL_PARSE_FAILED: { meaning: 'The document has a syntax error.', where: 'GraphQL', retry: 'no' },
  GRAPHQL_VALIDATION_FAILED: {
    meaning: 'The document does not fit the schema.',
    where: 'GraphQL',
    retry: 'no',
  },
  OPERATION_RESOLUTION_FAILURE: {
    meaning: 'The document has several operations, or none with the name in `operationName`.',
    where: 'GraphQL',
    retry: 'no',
  },
  PERSISTED_QUERY_NOT_FOUND: {
    meaning: 'The server does not have the text of this id or hash. Send the text with the hash.',
    where: 'persisted queries and trusted documents',
    retry: 'after a change',
  },
  PERSISTED_QUERY_NOT_SUPPORTED: {
    meaning: 'The server does not store persisted queries. Send the text.',
    where: 'persisted queries',
    retry: 'after a change',
  },
  QUERY_TOO_COMPLEX: {
    meaning: 'The operation costs too much, is too deep or has too many parts. Ask for less at a time.',
    where: 'GraphQL',
    retry: 'no',
  },
  NOT_FOUND: {
    meaning: 'The object or the URL does not exist, or the object belongs to another customer.',
    where: '`orderUpdated`, REST, URLs outside the graph',
    retry: 'no',
  },
  METHOD_NOT_ALLOWED: { meaning: 'The URL has other methods: see `Allow`.', where: 'every endpoint', retry: 'no' },
  NOT_ACCEPTABLE: {
    meaning: 'The `Accept` header excludes what the URL answers with.',
    where: 'every endpoint',
    retry: 'no',
  },
  PAYLOAD_TOO_LARGE: { meaning: 'The body is too large.', where: 'every endpoint', retry: 'no' },
  UNSUPPORTED_MEDIA_TYPE: {
    meaning: 'The `Content-Type` or the encoding of the body is not supported.',
    where: 'every endpoint',
    retry: 'no',
  },
  RATE_LIMITED: {
    meaning: 'The caller has spent its quota. Nothing was executed.',
    where: 'every operation',
    retry: 'later',
  },
  TOO_MANY_STREAMS: {
    meaning: 'The customer has too many open streams, waits or statements. Nothing was executed.',
    where: 'subscriptions, `Prefer: wait`, statements',
    retry: 'later',
  },
  SUBGRAPH_TIMEOUT: {
    meaning: 'A part of the service did not answer in time. A mutation may have taken effect.',
    where: 'every operation',
    retry: 'with the same key',
  },
  SUBGRAPH_UNAVAILABLE: {
    meaning: 'A part of the service cannot be reached. A mutation may have taken effect.',
    where: 'every operation',
    retry: 'with the same key',
  },
  SERVICE_UNAVAILABLE: {
    meaning: 'The server cannot serve this now: it is overloaded, stops, or cannot verify the token.',
    where: 'every endpoint',
    retry: 'with the same key',
  },
  INTERNAL_SERVER_ERROR: {
    meaning: 'A fault of the server, which logged it. A mutation may have taken effect.',
    where: 'every endpoint',
    retry: 'with the same key',
  },
};

/** The refusals after which a request can succeed although nothing in it changes. Any other is refused again. */
export const refusalRetries: Readonly<Record<string, Retry>> = {
  TOO_MANY_ATTEMPTS: 'later',
  TOO_MANY_UNKNOWN_RECEIVERS: 'later',
  TOO_MANY_UNPAID_ORDERS: 'later',
  TOO_MANY_EXPORTS: 'later',
  PAYMENTS_UNDER_WAY: 'later',
  EXPORT_NOT_READY: 'later',
  EMAIL_CHANGED_RECENTLY: 'later',
  WEBHOOK_DISABLED: 'after a change',
  TOO_MANY_WEBHOOKS: 'after a change',
  TOO_MANY_CONSENTS: 'after a change',
  SECOND_FACTOR_REQUIRED: 'after a change',
  CONFIRMATION_REQUIRED: 'after a change',
  EMAIL_CODE_REQUIRED: 'after a change',
  EMAIL_NOT_PROVED: 'after a change',
  INSUFFICIENT_FUNDS: 'after a change',
  QUOTE_EXPIRED: 'after a change',
  ACCOUNT_NOT_EMPTY: 'after a change',
  ACCOUNT_FROZEN: 'after a change',
};
