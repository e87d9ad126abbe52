import { useQuery } from '@apollo/client/react';
import { Button, ButtonLink } from '../components/button.tsx';
import { Chips } from '../components/chips.tsx';
import { Content } from '../components/content.tsx';
import { Choices } from '../components/fields.tsx';
import { OrderRows } from '../components/orders.tsx';
import { Page } from '../components/page.tsx';
import { Paging, usePaging } from '../components/paging.tsx';
import { Empty } from '../components/states.tsx';
import { statusLabel } from '../components/values.tsx';
import { orderStatuses, unsettledStatuses } from '../graph/enumerations.generated.ts';
import { type OrderOrder, OrdersDocument, type OrderStatus } from '../graph/operations.generated.ts';
import { usePolling } from '../live/use-polling.ts';
import { useAddress } from '../use-address.ts';

const pageSize = 20;
const pollWhilePendingMs = 1_500;

const sorts = {
  newest: { label: 'Newest first', orderBy: { field: 'PLACED_AT', direction: 'DESC' } },
  oldest: { label: 'Oldest first', orderBy: { field: 'PLACED_AT', direction: 'ASC' } },
  largest: { label: 'Largest first', orderBy: { field: 'TOTAL', direction: 'DESC' } },
  smallest: { label: 'Smallest first', orderBy: { field: 'TOTAL', direction: 'ASC' } },
} satisfies Record<string, { label: string; orderBy: OrderOrder }>;

export default function Orders() {
  const address = useAddress();
  const chosen = address
    .getAll('status')
    .filter((status): status is OrderStatus => orderStatuses.includes(status as OrderStatus));
  const sort = sorts[address.choice('sort', sorts, 'newest')];
  const { data, previousData, error, loading, refetch, startPolling, stopPolling } = useQuery(OrdersDocument, {
    variables: {
      first: pageSize,
      after: address.get('after') || null,
      filter: { statuses: chosen.length === 0 ? null : chosen },
      orderBy: sort.orderBy,
    },
  });
  const page = (data ?? previousData)?.viewer?.orders;
  const paging = usePaging(address, page?.pageInfo);
  const isMoving = page?.nodes.some(({ status }) => unsettledStatuses.has(status)) === true;
  usePolling({ startPolling, stopPolling }, isMoving ? pollWhilePendingMs : null);
  const hasNone = page?.nodes.length === 0 && chosen.length === 0;

  return (
    <Page
      title="Orders"
      actions={
        <ButtonLink to="/orders/new" look="primary" icon="plus">
          New order
        </ButtonLink>
      }
    >
      {!hasNone && (
        <div className="list-controls">
          <Chips
            label="Status"
            choices={orderStatuses.map((status) => ({ id: status, label: statusLabel(status) }))}
            chosen={chosen}
            onChange={(keys) => address.set({ status: keys.join(','), after: '' })}
          />
          <Choices
            label="Sort"
            name="sort"
            value={address.choice('sort', sorts, 'newest')}
            onChange={(key) => address.set({ sort: key === 'newest' ? '' : key, after: '' })}
            choices={Object.entries(sorts).map(([id, { label }]) => ({ id, label }))}
          />
        </div>
      )}
      <Content content={page} error={error} isLoading={loading} again={refetch}>
        {({ nodes }) => (
          <>
            {hasNone ? (
              <Empty icon="orders" title="No orders yet">
                Your orders are paid from your wallet and appear here.
              </Empty>
            ) : nodes.length === 0 ? (
              <Empty icon="orders" title="No orders match">
                <Button onPress={address.clear}>Show all orders</Button>
              </Empty>
            ) : (
              <OrderRows orders={nodes} />
            )}
            <Paging paging={paging} />
          </>
        )}
      </Content>
    </Page>
  );
}
