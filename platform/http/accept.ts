import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';
import { fault } from '../errors/faults.ts';

/** The media types of responses to GraphQL requests. */
export const answerTypes = {
  json: 'application/json; charset=utf-8',
  graphql: 'application/graphql-response+json; charset=utf-8',
  eventStream: 'text/event-stream; charset=utf-8',
  page: 'text/html; charset=utf-8',
} as const;

/** How a subscription is answered: with Server-Sent Events, or with the parts of Apollo's multipart protocol. */
export type SubscriptionTransport = 'event-stream' | 'multipart';

/** The meaning of an `Accept` header. */
export interface Accepted {
  /** The media type of a JSON response; null if the client accepts no JSON. */
  readonly json: string | null;
  readonly takesPlainJson: boolean;
  /** Whether the client accepts `application/json` and no other JSON type: it cannot rely on the status. */
  readonly onlyPlainJson: boolean;
  readonly takesEventStream: boolean;
  /** Whether the client prefers an event stream to every other response, whatever it sends. */
  readonly prefersEventStream: boolean;
  /** The preferred transport that the header names. A client that accepts any type does not expect a stream: null. */
  readonly subscriptionTransport: SubscriptionTransport | null;
  readonly prefersPage: boolean;
}

/** Caches parsed headers: clients of one kind send the same header with every request. */
const known = new LRUCache<string, Accepted>({ max: 200 });

/** In characters. Browsers send some 150. */
const longestAccept = 1_000;

/**
 * Parses an `Accept` header. Types are not case-sensitive.
 *
 * @throws BAD_REQUEST
 */
export function readAccept(header: string | undefined): Accepted {
  const accept = header === undefined || header === '' ? '*/*' : header;
  const before = known.get(accept);
  if (before !== undefined) return before;
  if (accept.length > longestAccept)
    throw fault('BAD_REQUEST', `The Accept header is longer than ${longestAccept} characters.`);
  const negotiator = new Negotiator({ headers: { accept } });
  const takes = (type: string) => negotiator.mediaType([type]) !== undefined;
  const preferred = negotiator.mediaType(Object.values(answerTypes));
  const subscriptionTransport = transportIn(accept);
  const accepted = {
    json: negotiator.mediaType([answerTypes.json, answerTypes.graphql]) ?? null,
    takesPlainJson: takes(answerTypes.json),
    onlyPlainJson: takes(answerTypes.json) && !takes(answerTypes.graphql),
    takesEventStream: takes(answerTypes.eventStream),
    prefersEventStream: preferred === answerTypes.eventStream && subscriptionTransport !== 'multipart',
    subscriptionTransport,
    prefersPage: preferred === answerTypes.page,
  };
  known.set(accept, accepted);
  return accepted;
}

const multipartRange = /multipart\/mixed((?:"[^"]*"|[^",])*)/gi;
const subscriptionSpec = /;\s*subscriptionSpec\s*=\s*"?1\.0"?\s*(?:;|$)/i;
/** Stands for multipart/mixed with the parameter of the protocol, which the negotiator does not return. */
const multipartSubscription = 'multipart/subscription';

/** multipart/mixed without `subscriptionSpec` is another protocol: that of incremental delivery. */
function transportIn(accept: string): SubscriptionTransport | null {
  const named = accept.replaceAll(multipartRange, (range, parameters: string) =>
    subscriptionSpec.test(parameters)
      ? `${multipartSubscription}${/;\s*q=[\d.]+/i.exec(parameters)?.[0] ?? ''}`
      : range,
  );
  for (const type of new Negotiator({ headers: { accept: named } }).mediaTypes()) {
    if (type.toLowerCase() === 'text/event-stream') return 'event-stream';
    if (type === multipartSubscription) return 'multipart';
  }
  return null;
}
