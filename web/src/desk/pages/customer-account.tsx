import { useQuery } from '@apollo/client/react';
import { useParams } from 'react-router';
import { ButtonLink } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { Paging, usePaging } from '../../components/paging.tsx';
import { Empty } from '../../components/states.tsx';
import { Amount, Time } from '../../components/values.tsx';
import { formatMoney } from '../../money.ts';
import { kindLabels, movementOf } from '../../transaction-words.ts';
import { useAddress } from '../../use-address.ts';
import type { CustomerLook } from '../customer-look.ts';
import { Openable } from '../components/openable.tsx';
import { Copyable } from '../../components/copyable.tsx';
import { CustomerEntriesDocument } from '../operations.generated.ts';
import { usePermits } from '../permits.tsx';
import { FindForm } from './find-customer.tsx';
import { LookContent } from '../components/look-content.tsx';

const pageSize = 25;

/** The statement of one account of a customer. */
export default function CustomerAccount() {
  const { part: id = '', more: accountId = '' } = useParams();
  const permit = usePermits().permitOf(id);
  return (
    <Page
      title="Entries"
      lead={<span className="customer-id">Account {accountId}</span>}
      actions={<ButtonLink to={`/desk/customers/${id}?tab=money`}>Back to the customer</ButtonLink>}
    >
      {permit === undefined ? <FindForm customerId={id} /> : <Entries look={{ id, permit }} accountId={accountId} />}
    </Page>
  );
}

function Entries({ look, accountId }: { readonly look: CustomerLook; readonly accountId: string }) {
  const { permit } = look;
  const address = useAddress();
  const { data, previousData, error, loading, refetch } = useQuery(CustomerEntriesDocument, {
    variables: { permit, first: pageSize, after: address.get('after') || null },
  });
  const record = (data ?? previousData)?.customerRecord;
  const account = record?.accounts?.find(({ id }) => id === accountId);
  const paging = usePaging(address, account?.entries.pageInfo);
  return (
    <LookContent look={look} className="part" content={record} error={error} isLoading={loading} again={refetch}>
      {() =>
        account === undefined || account.entries.nodes.length === 0 ? (
          <Empty icon="history" title="No entries" />
        ) : (
          <>
            <p className="house-balance">
              Balance: <bdi dir="ltr">{formatMoney(account.balance)}</bdi>
            </p>
            <ul className="card rows" aria-label="Entries">
              {account.entries.nodes.map(({ sequence, direction, amount, balanceAfter, createdAt, transaction }) => (
                <Openable
                  key={sequence}
                  icon="transfer"
                  title={kindLabels[transaction.kind]}
                  aside={<Amount money={amount} direction={movementOf(direction)} />}
                  detail={<Time at={createdAt} />}
                  detailAside={formatMoney(balanceAfter)}
                  {...(transaction.description === null ? {} : { note: transaction.description })}
                >
                  <Copyable label="Transaction ID" name="transaction ID" text={transaction.id} />
                </Openable>
              ))}
            </ul>
            <Paging paging={paging} />
          </>
        )
      }
    </LookContent>
  );
}
