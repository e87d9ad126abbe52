import type { TypedDocumentNode } from '@apollo/client';
import { print } from 'graphql';
import { createClient } from 'graphql-sse';
import { useEffect, useEffectEvent, useState } from 'react';
import { client } from '../graph/client.ts';
import { session } from '../session/session.ts';

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

export interface LiveOptions<Data> {
  /** Nothing is subscribed to while this is true. */
  readonly skip?: boolean;
  /** Whether the stream's own end is the last of it; otherwise it is begun anew. */
  readonly ends?: boolean;
  readonly onData: (data: Data) => void;
  /** Something may have been missed while no updates came. */
  readonly onResumed?: () => void;
}

/** Subscribes for as long as the component is there. True while updates come; while false, poll. */
export function useLive<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  { skip = false, ends = false, onData, onResumed }: LiveOptions<Data>,
): boolean {
  const [isLive, setLive] = useState(false);
  const tell = useEffectEvent(onData);
  const resumed = useEffectEvent(() => onResumed?.());
  const variablesKey = JSON.stringify(variables);

  useEffect(() => {
    if (skip) return undefined;
    // With the names of types, by which the cache tells what it is told.
    const query = print(client.cache.transformDocument(document));
    let stop = () => {};
    let timer: ReturnType<typeof setTimeout> | undefined;
    let waitMs = firstWaitMs;
    let lastEventId: unknown;
    let isFirst = true;

    const begin = () => {
      let refused = false;
      const again = () => {
        setLive(false);
        timer = setTimeout(begin, waitMs);
        waitMs = Math.min(waitMs * 2, longestWaitMs);
      };
      stop = streams.subscribe<Data, { lastEventId?: unknown }>(
        {
          query,
          variables: JSON.parse(variablesKey) as Record<string, unknown>,
          // The server goes on where this page was.
          ...(lastEventId === undefined ? {} : { extensions: { lastEventId } }),
        },
        {
          next: ({ data, errors, extensions }) => {
            refused = errors !== undefined || data == null;
            if (refused) return;
            lastEventId = extensions?.lastEventId ?? lastEventId;
            tell(data!);
          },
          error: again,
          complete: () => {
            if (!ends || refused) again();
          },
        },
        {
          connected: () => {
            waitMs = firstWaitMs;
            setLive(true);
            if (!isFirst) resumed();
            isFirst = false;
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
  }, [document, variablesKey, skip, ends]);

  return isLive && !skip;
}
