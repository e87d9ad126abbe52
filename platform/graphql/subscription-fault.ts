import type { GraphQLError } from 'graphql';
import { fault } from '../errors/faults.ts';

/** A subscription was sent over a transport that cannot answer it. */
export function subscriptionFault(): GraphQLError {
  return fault(
    'BAD_REQUEST',
    "Subscriptions are answered with Server-Sent Events or in Apollo's multipart protocol, not over WebSocket or in a single response. Send the request to the router with Accept: text/event-stream, at /graphql/stream or /graphql, or with Accept: multipart/mixed;subscriptionSpec=1.0, at /graphql.",
  );
}
