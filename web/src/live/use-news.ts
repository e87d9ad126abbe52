import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { NotificationPartsFragment } from '../graph/operations.generated.ts';

type Message = NotificationPartsFragment;

export interface NewsState {
  readonly news: Message | null;
  /** Shows a message that the server has pushed. */
  readonly show: (message: Message) => void;
  readonly close: () => void;
}

/**
 * The latest message, shown once whether it was pushed or polled. Its subject can be on the page, so the page's data is
 * read again.
 *
 * @param newestFirst the polled messages; undefined before the first answer.
 */
export function useNews(newestFirst: readonly Message[] | undefined): NewsState {
  const client = useApolloClient();
  const [news, setNews] = useState<Message | null>(null);
  const known = useRef(new Set<string>());
  const isCaughtUp = useRef(false);

  const show = (message: Message) => {
    if (known.current.has(message.id)) return;
    known.current.add(message.id);
    setNews(message);
    void client.refetchQueries({ include: 'active' });
  };

  const isKnown = newestFirst !== undefined;
  const newest = newestFirst?.[0];
  const check = useEffectEvent(() => {
    if (newest !== undefined && !isCaughtUp.current) known.current.add(newest.id);
    else if (newest !== undefined && newest.readAt === null) show(newest);
    isCaughtUp.current = true;
  });
  useEffect(() => {
    if (isKnown) check();
  }, [isKnown, newest?.id]);

  return { news, show, close: useCallback(() => setNews(null), []) };
}
