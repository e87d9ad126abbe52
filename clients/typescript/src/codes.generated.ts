// Generated from the catalogue of errors and the list of scopes by `npm run compose`: change those.
/** The codes of top-level errors. */
export type FaultCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'INSUFFICIENT_SCOPE'
  | 'BAD_REQUEST'
  | 'BAD_USER_INPUT'
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'OPERATION_RESOLUTION_FAILURE'
  | 'PERSISTED_QUERY_NOT_FOUND'
  | 'PERSISTED_QUERY_NOT_SUPPORTED'
  | 'QUERY_TOO_COMPLEX'
  | 'NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'NOT_ACCEPTABLE'
  | 'PAYLOAD_TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'RATE_LIMITED'
  | 'TOO_MANY_STREAMS'
  | 'SUBGRAPH_TIMEOUT'
  | 'SUBGRAPH_UNAVAILABLE'
  | 'SERVICE_UNAVAILABLE'
  | 'INTERNAL_SERVER_ERROR';

/** Nothing was executed: any request may be sent again later. */
export const untouchedFaults: ReadonlySet<string> = new Set(['RATE_LIMITED', 'TOO_MANY_STREAMS']);

/** The outcome is unknown: a request that takes effect once may be sent again later. */
export const unknownFaults: ReadonlySet<string> = new Set(['SUBGRAPH_TIMEOUT', 'SUBGRAPH_UNAVAILABLE', 'SERVICE_UNAVAILABLE', 'INTERNAL_SERVER_ERROR']);

/** The scopes of an API client. */
export type Scope =
  | 'accounts:read'
  | 'transactions:read'
  | 'deposits:write'
  | 'withdrawals:write'
  | 'transfers:write'
  | 'orders:read'
  | 'orders:write'
  | 'shop:orders'
  | 'notifications:read'
  | 'notifications:write'
  | 'webhooks:read'
  | 'webhooks:write';
