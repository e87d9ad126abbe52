import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { NotificationPartsFragment } from '../graph/operations.generated.ts';

type Message = NotificationPartsFragment;

export interface NewsState {
  readonly news: Message | null;
  /** For messages that are pushed. */
  readonly tell: (message: Message) => void;
  readonly close: () => void;
}

/**
 * The message that came last, each once, whether it was pushed or is the newest when it is asked again. What it is about
 * may have changed what is on the page.
 *
 * @param newestFirst undefined until it is known.
 */
export function useNews(newestFirst: readonly Message[] | undefined): NewsState {
  const client = useApolloClient();
  const [news, setNews] = useState<Message | null>(null);
  const known = useRef(new Set<string>());
  const isCaughtUp = useRef(false);

  const tell = (message: Message) => {
    if (known.current.has(message.id)) return;
    known.current.add(message.id);
    setNews(message);
    void client.refetchQueries({ include: 'active' });
  };

  const isKnown = newestFirst !== undefined;
  const newest = newestFirst?.[0];
  const look = useEffectEvent(() => {
    if (newest !== undefined && !isCaughtUp.current) known.current.add(newest.id);
    else if (newest !== undefined && newest.readAt === null) tell(newest);
    isCaughtUp.current = true;
  });
  useEffect(() => {
    if (isKnown) look();
  }, [isKnown, newest?.id]);

  return { news, tell, close: useCallback(() => setNews(null), []) };
}
