import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import type { NotificationPartsFragment } from '../graph/operations.generated.ts';
import { Button } from './button.tsx';
import { MessageIcon } from './message-icon.tsx';

const shownMs = 8_000;

/** The message that has just arrived. */
export function News({
  message,
  close,
}: {
  readonly message: NotificationPartsFragment | null;
  readonly close: () => void;
}) {
  return (
    <div className="news" role="status" aria-label="News">
      {message !== null && <NewsCard key={message.id} message={message} close={close} />}
    </div>
  );
}

/** Closes itself after a time, but not while the pointer or the focus is on it. */
function NewsCard({ message, close }: { readonly message: NotificationPartsFragment; readonly close: () => void }) {
  const { kind, subject, order } = message;
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return undefined;
    const timer = setTimeout(close, shownMs);
    return () => clearTimeout(timer);
  }, [isHeld, close]);

  return (
    <div
      className="news-card"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <MessageIcon kind={kind} />
      <Link to={order === null ? '/messages' : `/orders/${order.id}`} onClick={close}>
        {subject}
      </Link>
      <Button look="quiet" icon="cross" aria-label="Close" onPress={close} />
    </div>
  );
}
