import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Link } from 'react-router';
import { Chips } from '../components/chips.tsx';
import { Icon, type IconName } from '../components/icon.tsx';
import { Page } from '../components/page.tsx';
import { Paging, usePaging } from '../components/paging.tsx';
import { Empty, Failed, Loading } from '../components/states.tsx';
import { Time } from '../components/values.tsx';
import {
  MarkNotificationReadDocument,
  MessagesDocument,
  type NotificationKind,
  type NotificationPartsFragment,
  UnreadMessagesDocument,
} from '../graph/operations.generated.ts';
import { useAddress } from '../use-address.ts';

const pageSize = 20;

const icons: Readonly<Record<NotificationKind, IconName>> = {
  ORDER_PAID: 'check',
  ORDER_REJECTED: 'cross',
  ORDER_REFUNDED: 'undo',
  TRANSFER_RECEIVED: 'transfer',
};

export default function Messages() {
  const address = useAddress();
  const onlyUnread = address.get('show') === 'unread';
  const { data, previousData, error, refetch } = useQuery(MessagesDocument, {
    variables: {
      first: pageSize,
      after: address.get('after') || null,
      filter: onlyUnread ? { unread: true } : null,
    },
  });
  const page = (data ?? previousData)?.viewer?.notifications;
  const unread = useQuery(UnreadMessagesDocument, { fetchPolicy: 'cache-first' }).data?.viewer?.notifications
    ?.unreadCount;
  const paging = usePaging(address, page?.pageInfo);

  return (
    <Page title="Messages" lead={unread === undefined ? undefined : `${unread} unread`}>
      <div className="list-controls">
        <Chips
          label="Show"
          choices={[{ id: 'unread', label: 'Unread only' }]}
          chosen={onlyUnread ? ['unread'] : []}
          onChange={(chosen) => address.set({ show: chosen[0] ?? '', after: '' })}
        />
      </div>
      {page == null ? (
        error === undefined ? (
          <Loading rows={6} />
        ) : (
          <Failed error={error} again={() => void refetch()} />
        )
      ) : page.nodes.length === 0 ? (
        <Empty icon="messages" title={onlyUnread ? 'All read' : 'No messages yet'}>
          You are told here what became of your orders, and who sent you money.
        </Empty>
      ) : (
        <>
          <ul className="rows">
            {page.nodes.map((message) => (
              <Message key={message.id} message={message} />
            ))}
          </ul>
          <Paging paging={paging} />
        </>
      )}
    </Page>
  );
}

function Message({ message }: { readonly message: NotificationPartsFragment }) {
  const { id, kind, subject, body, order, readAt, createdAt } = message;
  const [isOpen, setOpen] = useState(false);
  const [markRead] = useMutation(MarkNotificationReadDocument, { refetchQueries: [UnreadMessagesDocument] });
  const toggle = () => {
    setOpen(!isOpen);
    // Where it cannot be marked now, it stays unread and is marked the next time.
    if (readAt === null) markRead({ variables: { input: { notificationId: id } } }).catch(() => undefined);
  };
  return (
    <li className={readAt === null ? 'message message-unread' : 'message'}>
      <AriaButton className="message-head" aria-expanded={isOpen} onPress={toggle}>
        <span className="row-icon">
          <Icon name={icons[kind]} size={18} />
        </span>
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
        <div className="message-body">
          <p>{body}</p>
          {order !== null && <Link to={`/orders/${order.id}`}>See order</Link>}
        </div>
      )}
    </li>
  );
}
