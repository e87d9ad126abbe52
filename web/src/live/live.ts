import type { TypedDocumentNode } from '@apollo/client';
import { print } from 'graphql';
import { createClient } from 'graphql-sse';
import { useEffect, useEffectEvent, useState } from 'react';
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
}

/** Subscribes for as long as the component is there. True while updates come; while false, poll. */
export function useLive<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  { skip = false, ends = false, onData }: LiveOptions<Data>,
): boolean {
  const [isLive, setLive] = useState(false);
  const tell = useEffectEvent(onData);
  const variablesKey = JSON.stringify(variables);

  useEffect(() => {
    if (skip) return undefined;
    const request = { query: print(document), variables: JSON.parse(variablesKey) as Record<string, unknown> };
    let stop = () => {};
    let waitMs = firstWaitMs;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = () => {
      setLive(false);
      timer = setTimeout(begin, waitMs);
      waitMs = Math.min(waitMs * 2, longestWaitMs);
    };
    const begin = () => {
      stop = streams.subscribe<Data>(
        request,
        {
          next: ({ data, errors }) => {
            if (errors !== undefined || data == null) return;
            waitMs = firstWaitMs;
            tell(data);
          },
          error: again,
          complete: () => {
            if (!ends) again();
          },
        },
        { connected: () => setLive(true) },
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
