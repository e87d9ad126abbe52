import { setImmediate as whatIsDueNow } from 'node:timers/promises';
import type { LimitFunction } from 'p-limit';
import type { GraphAnswer, ReadGraph, Subscriber } from './graph-reads.ts';
import type { GraphRequest } from '../graph-data.ts';

interface WaitingRead {
  /** The subscriber whose token is used. */
  subscriber: Subscriber;
  readonly answer: Promise<GraphAnswer>;
}

/**
 * Shares reads between streams. An event wakes all streams of its customer, and equal reads then become one. A read that
 * has been sent is no longer shared, since its result may be older than the event.
 */
export function sharedReads(readGraph: ReadGraph, limit: LimitFunction): ReadGraph {
  const waiting = new Map<string, WaitingRead>();

  function begin(key: string, subscriber: Subscriber, request: GraphRequest): WaitingRead {
    const answer = limit(async () => {
      await whatIsDueNow();
      waiting.delete(key);
      return await readGraph(read.subscriber, request);
    });
    const read: WaitingRead = { subscriber, answer };
    waiting.set(key, read);
    return read;
  }

  return async (subscriber, request) => {
    // Tokens with equal claims have equal results, whichever session they belong to.
    const { id, email, name, roles, client } = subscriber.viewer;
    const key = JSON.stringify([id, email, name, roles, client ?? null, request.query, request.variables]);
    const read = waiting.get(key) ?? begin(key, subscriber, request);
    // The token with the latest expiry is used, so that no stream fails because another's token has expired.
    if (subscriber.expiresAt > read.subscriber.expiresAt) read.subscriber = subscriber;
    return await read.answer;
  };
}
