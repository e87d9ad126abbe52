import type { TypedDocumentNode } from '@apollo/client';
import { print } from 'graphql';
import { createClient } from 'graphql-sse';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { client } from '../graph/client.ts';
import { connection, isReachable } from '../graph/connection.ts';
import { session } from '../session/session.ts';
import { useVisible } from './use-visible.ts';

/** Live updates over Server-Sent Events. While they fail, the caller polls. */

const streams = createClient({
  url: '/graphql/stream',
  singleConnection: false,
  retryAttempts: 0,
  headers: async (): Promise<Record<string, string>> => {
    const token = await session.accessToken();
    return token === null ? {} : { authorization: `Bearer ${token}` };
  },
});

const firstWaitMs = 1_000;
const longestWaitMs = 60_000;

/** The position in a stream, from which another connection continues. */
interface Position {
  /** The id of the last event; undefined before the first one. */
  readonly eventId: unknown;
}

export interface LiveOptions<Data> {
  /** Whether to wait with the subscription. */
  readonly skip?: boolean;
  /** Whether the subscription is complete when its stream ends. Otherwise it is started again. */
  readonly ends?: boolean;
  readonly onData: (data: Data) => void;
  /** Called when updates come again: the page may have missed some. */
  readonly onResumed?: () => void;
}

/**
 * Subscribes while the component is mounted and the page is visible. A browser opens six connections to a server over
 * HTTP/1.1, so hidden tabs must not hold one.
 *
 * @returns whether updates come; while it is false, the caller polls.
 */
export function useLive<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  { skip = false, ends = false, onData, onResumed }: LiveOptions<Data>,
): boolean {
  const [isLive, setLive] = useState(false);
  const isVisible = useVisible();
  const isOn = isVisible && !skip;
  const deliver = useEffectEvent(onData);
  const resumed = useEffectEvent(() => onResumed?.());
  const variablesKey = JSON.stringify(variables);
  /** Null until the first connection. */
  const position = useRef<Position | null>(null);
  useEffect(() => {
    position.current = null;
  }, [document, variablesKey]);

  useEffect(() => {
    if (!isOn) return undefined;
    // Adds `__typename`, which the cache needs to identify objects.
    const query = print(client.cache.transformDocument(document));
    let stop = () => {};
    let timer: ReturnType<typeof setTimeout> | null = null;
    let waitMs = firstWaitMs;

    const start = () => {
      timer = null;
      let refused = false;
      let connectedAtMs = Infinity;
      const restart = () => {
        setLive(false);
        // A connection that lasted ended with its token, which is no reason to wait longer.
        if (performance.now() - connectedAtMs > waitMs) waitMs = firstWaitMs;
        timer = setTimeout(start, waitMs);
        waitMs = Math.min(waitMs * 2, longestWaitMs);
      };
      stop = streams.subscribe<Data, { lastEventId?: unknown }>(
        {
          query,
          variables: JSON.parse(variablesKey) as Record<string, unknown>,
          // The server continues after this event.
          ...(position.current?.eventId === undefined ? {} : { extensions: { lastEventId: position.current.eventId } }),
        },
        {
          next: ({ data, errors, extensions }) => {
            refused = errors !== undefined || data == null;
            // The server no longer has the events since then: the page reads its data again and starts over.
            if (errors?.some(({ extensions }) => extensions?.['code'] === 'BAD_USER_INPUT') === true) {
              position.current = { eventId: undefined };
            }
            if (refused) return;
            position.current = { eventId: extensions?.lastEventId ?? position.current?.eventId };
            deliver(data!);
          },
          error: () => {
            restart();
            // Where the whole server is away, the stream starts again as soon as the server is back.
            void isReachable();
          },
          complete: () => {
            if (!ends || refused) restart();
          },
        },
        {
          connected: () => {
            connectedAtMs = performance.now();
            setLive(true);
            if (position.current !== null) resumed();
            position.current ??= { eventId: undefined };
          },
        },
      );
    };
    const unwatch = connection.watch(() => {
      if (connection.lost() || timer === null) return;
      clearTimeout(timer);
      waitMs = firstWaitMs;
      start();
    });
    start();
    return () => {
      unwatch();
      if (timer !== null) clearTimeout(timer);
      stop();
      setLive(false);
    };
  }, [document, variablesKey, isOn, ends]);

  return isLive && isOn;
}
