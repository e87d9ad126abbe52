import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Link } from 'react-router';
import { Icon } from '../components/icon.tsx';
import { MessageIcon } from '../components/message-icon.tsx';
import { Page } from '../components/page.tsx';
import { Paging, usePaging } from '../components/paging.tsx';
import { Segments } from '../components/segments.tsx';
import { Empty, Failed, Loading } from '../components/states.tsx';
import { Time } from '../components/values.tsx';
import {
  MarkNotificationReadDocument,
  MessagesDocument,
  type NotificationPartsFragment,
  NotificationPartsFragmentDoc,
  UnreadMessagesDocument,
} from '../graph/operations.generated.ts';
import { useAddress } from '../use-address.ts';

const pageSize = 20;

export default function Messages() {
  const address = useAddress();
  const onlyUnread = address.get('show') === 'unread';
  const { data, previousData, error, loading, refetch } = useQuery(MessagesDocument, {
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
    <Page title="Messages" lead={unread === undefined ? '\u00a0' : `${unread} unread`}>
      <Segments
        label="Show"
        isLabelShown={false}
        choices={{ all: 'All', unread: 'Unread' }}
        chosen={onlyUnread ? 'unread' : 'all'}
        onChange={(chosen) => address.set({ show: chosen === 'all' ? '' : chosen, after: '' })}
      />
      {page == null ? (
        error === undefined ? (
          <Loading count={6} />
        ) : (
          <Failed error={error} again={() => void refetch()} />
        )
      ) : page.nodes.length === 0 ? (
        <Empty icon="messages" title={onlyUnread ? 'All read' : 'No messages yet'}>
          You are told here what became of your orders, and who sent you money.
        </Empty>
      ) : (
        <div aria-busy={loading} className={loading ? 'stale' : undefined}>
          <ul className="card rows">
            {page.nodes.map((message) => (
              <Message key={message.id} message={message} />
            ))}
          </ul>
          <Paging paging={paging} />
        </div>
      )}
    </Page>
  );
}

function Message({ message }: { readonly message: NotificationPartsFragment }) {
  const { id, kind, subject, body, order, readAt, createdAt } = message;
  const [isOpen, setOpen] = useState(false);
  const { cache } = useApolloClient();
  const [markRead] = useMutation(MarkNotificationReadDocument, { refetchQueries: [UnreadMessagesDocument] });
  const show = (shown: NotificationPartsFragment) =>
    cache.writeFragment({
      fragment: NotificationPartsFragmentDoc,
      fragmentName: 'NotificationParts',
      from: { __typename: 'Notification', id },
      data: shown,
    });
  const toggle = () => {
    setOpen(!isOpen);
    if (readAt !== null) return;
    show({ ...message, readAt: new Date().toISOString() });
    // Where it cannot be marked now, it is unread again, and marked the next time.
    markRead({ variables: { input: { notificationId: id } } }).catch(() => show(message));
  };
  return (
    <li className={readAt === null ? 'message message-unread' : 'message'}>
      <AriaButton className="message-head" aria-expanded={isOpen} onPress={toggle}>
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
        <div className="message-body">
          <p>{body}</p>
          {order !== null && <Link to={`/orders/${order.id}`}>See order</Link>}
        </div>
      )}
    </li>
  );
}
