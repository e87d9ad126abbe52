import type { TypedDocumentNode } from '@apollo/client';
import { print } from 'graphql';
import { createClient } from 'graphql-sse';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { client } from '../graph/client.ts';
import { session } from '../session/session.ts';
import { useVisible } from './use-visible.ts';

/** Updates as they happen, over Server-Sent Events. Where they fail, whoever uses them asks again and again instead. */

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

interface Left {
  /** Undefined where nothing has come yet. */
  readonly eventId: unknown;
}

export interface LiveOptions<Data> {
  /** Nothing is subscribed to while this is true. */
  readonly skip?: boolean;
  /** Whether the stream's own end is the last of it; otherwise it is begun anew. */
  readonly ends?: boolean;
  readonly onData: (data: Data) => void;
  /** Something may have been missed while no updates came. */
  readonly onResumed?: () => void;
}

/**
 * Subscribes for as long as the component is there and the page is looked at: browsers have six connections to a server
 * over HTTP/1.1, which as many tabs would use up. True while updates come; while false, poll.
 */
export function useLive<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  { skip = false, ends = false, onData, onResumed }: LiveOptions<Data>,
): boolean {
  const [isLive, setLive] = useState(false);
  const isVisible = useVisible();
  const isOn = isVisible && !skip;
  const tell = useEffectEvent(onData);
  const resumed = useEffectEvent(() => onResumed?.());
  const variablesKey = JSON.stringify(variables);
  /** Where what is subscribed to was left, to go on from there. */
  const left = useRef<Left | null>(null);
  useEffect(() => {
    left.current = null;
  }, [document, variablesKey]);

  useEffect(() => {
    if (!isOn) return undefined;
    // With the names of types, by which the cache tells what it is told.
    const query = print(client.cache.transformDocument(document));
    let stop = () => {};
    let timer: ReturnType<typeof setTimeout> | undefined;
    let waitMs = firstWaitMs;

    const begin = () => {
      let refused = false;
      let connectedAtMs = Infinity;
      const again = () => {
        setLive(false);
        // One that lasted a while is no reason to wait for longer and longer: it ends with its token.
        if (performance.now() - connectedAtMs > waitMs) waitMs = firstWaitMs;
        timer = setTimeout(begin, waitMs);
        waitMs = Math.min(waitMs * 2, longestWaitMs);
      };
      stop = streams.subscribe<Data, { lastEventId?: unknown }>(
        {
          query,
          variables: JSON.parse(variablesKey) as Record<string, unknown>,
          // The server goes on where this page was.
          ...(left.current?.eventId === undefined ? {} : { extensions: { lastEventId: left.current.eventId } }),
        },
        {
          next: ({ data, errors, extensions }) => {
            refused = errors !== undefined || data == null;
            // Too much came meanwhile to go on from there: what is on the page is read again, and it begins anew.
            if (errors?.some(({ extensions }) => extensions?.['code'] === 'BAD_USER_INPUT') === true) {
              left.current = { eventId: undefined };
            }
            if (refused) return;
            left.current = { eventId: extensions?.lastEventId ?? left.current?.eventId };
            tell(data!);
          },
          error: again,
          complete: () => {
            if (!ends || refused) again();
          },
        },
        {
          connected: () => {
            connectedAtMs = performance.now();
            setLive(true);
            if (left.current !== null) resumed();
            left.current ??= { eventId: undefined };
          },
        },
      );
    };
    begin();
    return () => {
      clearTimeout(timer);
      stop();
      setLive(false);
    };
  }, [document, variablesKey, isOn, ends]);

  return isLive && isOn;
}
