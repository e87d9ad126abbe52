import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';
import { fault } from '../errors/faults.ts';

/** The types that a GraphQL request can be answered with. */
export const answerTypes = {
  json: 'application/json; charset=utf-8',
  graphql: 'application/graphql-response+json; charset=utf-8',
  eventStream: 'text/event-stream; charset=utf-8',
  page: 'text/html; charset=utf-8',
} as const;

/** What an `Accept` header asks for. */
export interface Accepted {
  /** The type of an answer that is JSON; null where the client takes no JSON. */
  readonly json: string | null;
  /**
   * Whether the client takes `application/json` and no other form of JSON: it cannot tell by the status whose answer it
   * is.
   */
  readonly onlyPlainJson: boolean;
  readonly takesEventStream: boolean;
  /** Whether the header names event streams: a client that takes anything does not expect one. */
  readonly namesEventStream: boolean;
  readonly prefersEventStream: boolean;
  readonly prefersPage: boolean;
}

/** Clients of one kind send the same header with every request. */
const known = new LRUCache<string, Accepted>({ max: 200 });

/** Browsers send some 150 characters. */
const longestAccept = 1_000;

/**
 * Reads an `Accept` header. Types are compared without case.
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
  const accepted = {
    json: negotiator.mediaType([answerTypes.json, answerTypes.graphql]) ?? null,
    onlyPlainJson: takes(answerTypes.json) && !takes(answerTypes.graphql),
    takesEventStream: takes(answerTypes.eventStream),
    namesEventStream: negotiator.mediaTypes().some((type) => type.toLowerCase() === 'text/event-stream'),
    prefersEventStream: preferred === answerTypes.eventStream,
    prefersPage: preferred === answerTypes.page,
  };
  known.set(accept, accepted);
  return accepted;
}
