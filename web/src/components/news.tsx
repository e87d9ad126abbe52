import { useEffect } from 'react';
import { Link } from 'react-router';
import type { NotificationPartsFragment } from '../graph/operations.generated.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

const shownMs = 8_000;

/** The message that has just come, until it is closed or old. */
export function News({
  message,
  close,
}: {
  readonly message: NotificationPartsFragment | null;
  readonly close: () => void;
}) {
  useEffect(() => {
    if (message === null) return undefined;
    const timer = setTimeout(close, shownMs);
    return () => clearTimeout(timer);
  }, [message, close]);

  return (
    <div className="news" role="status">
      {message !== null && (
        <div className="news-card">
          <Icon name="messages" />
          <Link to={message.order === null ? '/messages' : `/orders/${message.order.id}`} onClick={close}>
            {message.subject}
          </Link>
          <Button look="quiet" icon="cross" aria-label="Close" onPress={close}>
            {''}
          </Button>
        </div>
      )}
    </div>
  );
}
