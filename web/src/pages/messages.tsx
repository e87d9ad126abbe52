import { useQuery } from '@apollo/client/react';
import { Content } from '../components/content.tsx';
import { MessageList } from '../components/message.tsx';
import { Page } from '../components/page.tsx';
import { Paging, usePaging } from '../components/paging.tsx';
import { Segments } from '../components/segments.tsx';
import { Empty } from '../components/states.tsx';
import { MessagesDocument, UnreadMessagesDocument } from '../graph/operations.generated.ts';
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
    <Page
      title="Messages"
      lead={<span aria-live="polite">{unread === undefined ? '\u00a0' : `${unread} unread`}</span>}
    >
      <Segments
        label="Show"
        isLabelShown={false}
        choices={{ all: 'All', unread: 'Unread' }}
        chosen={onlyUnread ? 'unread' : 'all'}
        onChange={(chosen) => address.set({ show: chosen === 'all' ? '' : chosen, after: '' })}
      />
      <Content content={page} error={error} isLoading={loading} again={refetch}>
        {({ nodes }) =>
          nodes.length === 0 ? (
            <Empty icon="messages" title={onlyUnread ? 'No unread messages' : 'No messages yet'}>
              Messages tell you about your orders and about money that you receive.
            </Empty>
          ) : (
            <>
              <MessageList messages={nodes} />
              <Paging paging={paging} />
            </>
          )
        }
      </Content>
    </Page>
  );
}
