import { useQuery } from '@apollo/client/react';
import { Paging, usePaging } from '../../components/paging.tsx';
import { Empty } from '../../components/states.tsx';
import { Line } from '../../components/summary.tsx';
import { Time } from '../../components/values.tsx';
import { fullTime } from '../../time.ts';
import { useAddress } from '../../use-address.ts';
import { CustomerMessagesDocument } from '../operations.generated.ts';
import { hasRole, useStaff } from '../staff.ts';
import { ActLink } from './act-link.tsx';
import type { CustomerLook } from '../customer-look.ts';
import { Openable } from './openable.tsx';
import { LookContent } from './look-content.tsx';

const pageSize = 20;

export function CustomerMessages({ look }: { readonly look: CustomerLook }) {
  const { id: customerId, permit } = look;
  const staff = useStaff();
  const address = useAddress();
  const { data, previousData, error, loading, refetch } = useQuery(CustomerMessagesDocument, {
    variables: { permit, first: pageSize, after: address.get('after') || null },
  });
  const messages = (data ?? previousData)?.customerRecord?.notifications;
  const paging = usePaging(address, messages?.pageInfo);
  return (
    <LookContent look={look} className="part" content={messages} error={error} isLoading={loading} again={refetch}>
      {({ nodes }) => (
        <>
          {nodes.length === 0 && <Empty icon="messages" title="No messages" />}
          <ul className={nodes.length === 0 ? '' : 'card rows'} aria-label="Messages">
            {nodes.map(({ id, recipient, subject, body, readAt, sentAt, createdAt }) => (
              <Openable
                key={id}
                icon="messages"
                title={subject}
                detail={<Time at={createdAt} />}
                detailAside={readAt === null ? 'Unread' : 'Read'}
              >
                <p className="desk-message">{body}</p>
                <dl className="details">
                  <Line term="To">{recipient}</Line>
                  <Line term="Sent by email">{sentAt === null ? 'No' : fullTime(sentAt)}</Line>
                  {readAt !== null && <Line term="Read">{fullTime(readAt)}</Line>}
                </dl>
                {hasRole(staff, 'OPERATOR') && (
                  <div className="buttons">
                    <ActLink to={`/desk/resend?customer=${customerId}&message=${id}`}>Send again</ActLink>
                  </div>
                )}
              </Openable>
            ))}
          </ul>
          <Paging paging={paging} />
        </>
      )}
    </LookContent>
  );
}
