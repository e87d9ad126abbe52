import { useApolloClient, useMutation } from '@apollo/client/react';
import { useId, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Link } from 'react-router';
import {
  MarkNotificationReadDocument,
  type NotificationPartsFragment,
  NotificationPartsFragmentDoc,
  UnreadMessagesDocument,
} from '../graph/operations.generated.ts';
import { Icon } from './icon.tsx';
import { MessageIcon } from './message-icon.tsx';
import { Time } from './values.tsx';

interface MessagesProps {
  readonly messages: readonly NotificationPartsFragment[];
  /** On the page of this order, its messages need no link to it. */
  readonly orderId?: string;
}

/** A list of messages. Each one opens in place, and is marked as read when it does. */
export function MessageList({ messages, orderId }: MessagesProps) {
  return (
    <ul className="card rows">
      {messages.map((message) => (
        <Message key={message.id} message={message} leadsToOrder={message.order?.id !== orderId} />
      ))}
    </ul>
  );
}

function Message({
  message,
  leadsToOrder,
}: {
  readonly message: NotificationPartsFragment;
  readonly leadsToOrder: boolean;
}) {
  const { kind, subject, body, order, readAt, createdAt } = message;
  const [isOpen, setOpen] = useState(false);
  const bodyId = useId();
  const markRead = useMarkRead(message);
  const toggle = () => {
    setOpen(!isOpen);
    if (readAt === null) markRead();
  };
  return (
    <li className={readAt === null ? 'openable message message-unread' : 'openable message'}>
      <AriaButton className="opener" aria-expanded={isOpen} aria-controls={bodyId} onPress={toggle}>
        <MessageIcon kind={kind} />
        <span className="row-main">
          <span className="row-title">{subject}</span>
          <span className="row-detail">
            {readAt === null && <span className="unread-word">Unread · </span>}
            <Time at={createdAt} />
          </span>
        </span>
        <Icon name="down" size={16} />
      </AriaButton>
      {isOpen && (
        <div id={bodyId} className="opened message-body">
          <p>{body}</p>
          {leadsToOrder && order !== null && <Link to={`/orders/${order.id}`}>See order</Link>}
          {kind === 'TRANSFER_RECEIVED' && <Link to="/history?kind=TRANSFER">See transfers</Link>}
        </div>
      )}
    </li>
  );
}

/** Shows the message as read at once. If the server cannot mark it now, it becomes unread again. */
function useMarkRead(message: NotificationPartsFragment): () => void {
  const { cache } = useApolloClient();
  const [markRead] = useMutation(MarkNotificationReadDocument, { refetchQueries: [UnreadMessagesDocument] });
  const show = (data: NotificationPartsFragment) =>
    cache.writeFragment({
      fragment: NotificationPartsFragmentDoc,
      fragmentName: 'NotificationParts',
      from: { __typename: 'Notification', id: message.id },
      data,
    });
  return () => {
    show({ ...message, readAt: new Date().toISOString() });
    markRead({ variables: { input: { notificationId: message.id } } }).catch(() => show(message));
  };
}
