import { setImmediate as whatIsDueNow } from 'node:timers/promises';
import type { GraphAnswer, GraphRead, ReadGraph, Subscriber } from './graph-reads.ts';
import type { Turns } from './turns.ts';

interface WaitingRead {
  /** Whose token it is read with. */
  subscriber: Subscriber;
  readonly answer: Promise<GraphAnswer>;
}

/**
 * An event wakes all streams of its customer: those that ask for the same thing then are given the answer of one read.
 * One that has been sent is not joined any more, since it may show what was before the event.
 */
export function sharedReads(readGraph: ReadGraph, turns: Turns): ReadGraph {
  const waiting = new Map<string, WaitingRead>();

  function begin(key: string, subscriber: Subscriber, asked: GraphRead): WaitingRead {
    const answer = turns(async () => {
      await whatIsDueNow();
      waiting.delete(key);
      return await readGraph(read.subscriber, asked);
    });
    const read: WaitingRead = { subscriber, answer };
    waiting.set(key, read);
    return read;
  }

  return async (subscriber, asked) => {
    // Tokens that say the same of their owner are shown the same.
    const key = JSON.stringify([subscriber.viewer, asked.query, asked.variables]);
    const read = waiting.get(key) ?? begin(key, subscriber, asked);
    // Nobody is to be refused because another's token has expired meanwhile.
    if (subscriber.expiresAt > read.subscriber.expiresAt) read.subscriber = subscriber;
    return await read.answer;
  };
}
