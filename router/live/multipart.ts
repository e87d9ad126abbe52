import type { LiveResult } from './reading.ts';
import type { Streamed } from './streamed-reply.ts';
import type { LiveSubscription } from './subscriptions.ts';

/** The interval of Apollo's router. */
const heartbeatMs = 5_000;

const delimiter = '\r\n--graphql';
const heartbeat = part({});

/**
 * Returns the results of a subscription in Apollo's multipart protocol: each is the `payload` of a part. A stream that
 * ends without the last delimiter was broken off.
 *
 * @see https://www.apollographql.com/docs/graphos/routing/operations/subscriptions/multipart-protocol
 */
export function multipart({ results, startsAfter }: LiveSubscription): Streamed {
  return {
    headers: {
      'content-type': 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
      'cache-control': 'no-cache',
      ...(startsAfter === null ? {} : { 'last-event-id': startsAfter }),
    },
    chunks: partsOf(results, heartbeatMs),
    end: () => void results.return(),
  };
}

/**
 * Each part ends with the delimiter of the next, without which a client does not know that the part is whole.
 *
 * @param everyMs the interval of the heartbeats. One also begins the stream, so that proxies forward the head.
 */
export async function* partsOf(
  results: AsyncGenerator<LiveResult, void, void>,
  everyMs: number,
): AsyncGenerator<string, void, void> {
  yield `${delimiter}${heartbeat}`;
  for (let next = results.next(); ;) {
    const result = await withinMs(everyMs, next);
    if (result === null) yield heartbeat;
    else if (result.done === true) break;
    else {
      yield part({ payload: result.value });
      next = results.next();
    }
  }
  yield '--\r\n';
}

function part(content: object): string {
  return `\r\ncontent-type: application/json\r\n\r\n${JSON.stringify(content)}${delimiter}`;
}

/** Returns null after that time; the promise can be waited for again. */
async function withinMs<Value>(ms: number, promise: Promise<Value>): Promise<Value | null> {
  const { promise: late, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), ms);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
