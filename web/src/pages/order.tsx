import { useApolloClient, useQuery } from '@apollo/client/react';
import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { ButtonLink } from '../components/button.tsx';
import { Copyable } from '../components/copyable.tsx';
import { MessageList } from '../components/message.tsx';
import { OrderSteps } from '../components/order-steps.tsx';
import { Page, Section } from '../components/page.tsx';
import { Cancel, Refund } from '../components/refund.tsx';
import { Empty, Failed, Loading } from '../components/states.tsx';
import { Transactions } from '../components/transactions.tsx';
import { StatusBadge } from '../components/values.tsx';
import { unsettledStatuses } from '../graph/enumerations.generated.ts';
import {
  OrderDetailDocument,
  type OrderDetailQuery,
  type OrderPartsFragment,
  OrderPartsFragmentDoc,
  OrderUpdatedDocument,
} from '../graph/operations.generated.ts';
import { useLive } from '../live/live.ts';
import { usePolling } from '../live/use-polling.ts';
import { currencyTitle, formatMoney, isZero } from '../money.ts';

const pollMs = 800;
/** An update can be lost on its way. */
const pollWhileLiveMs = 4_000;

export default function OrderPage() {
  const { id = '' } = useParams();
  const { data, error, loading, refetch, startPolling, stopPolling } = useQuery(OrderDetailDocument, {
    variables: { id },
  });
  const order = data?.order;
  const isMoving = order != null && isPending(order);
  const isLive = useOrderUpdates(id, isMoving);
  usePolling({ startPolling, stopPolling }, isMoving ? (isLive ? pollWhileLiveMs : pollMs) : null);

  if (order == null) {
    return (
      <Page title="Order">
        {error !== undefined ? (
          <Failed error={error} again={() => void refetch()} />
        ) : loading ? (
          <Loading count={4} />
        ) : (
          <Empty icon="alert" title="There is no such order">
            <ButtonLink to="/orders">Back to the orders</ButtonLink>
          </Empty>
        )}
      </Page>
    );
  }
  return (
    <Page
      title={`${order.quantity} × ${order.productId}`}
      lead={
        <span aria-live="polite">
          <StatusBadge status={order.status} />
        </span>
      }
      actions={<Actions order={order} />}
    >
      <div className="order-total">
        <bdi dir="ltr" className="big-balance">
          {formatMoney(order.total)}
        </bdi>
        <p className="row-detail">
          {order.quantity > 1 && `${formatMoney(order.unitPrice)} each · `}
          {currencyTitle(order.total.currency)} account
          {!isZero(order.refunded) && ` · ${formatMoney(order.refunded)} refunded`}
        </p>
        {order.shop !== null && (
          <p className="row-detail">
            Placed by the shop <bdi>{order.shop.name}</bdi> ({order.shop.id}) with your consent
          </p>
        )}
        <Copyable label="Order ID" name="order ID" text={order.id} />
      </div>
      <OrderSteps order={order} />
      <Payments order={order} failed={<Failed error={error} again={() => void refetch()} />} />
      {order.notifications !== null && order.notifications.length > 0 && (
        <Section title="Messages">
          <MessageList messages={order.notifications} orderId={order.id} />
        </Section>
      )}
    </Page>
  );
}

/** Follows the order until it is settled. True while updates are pushed. */
function useOrderUpdates(id: string, isMoving: boolean): boolean {
  const client = useApolloClient();
  return useLive(
    OrderUpdatedDocument,
    { id },
    {
      skip: !isMoving,
      ends: true,
      onData: ({ orderUpdated }) => {
        client.writeFragment({
          fragment: OrderPartsFragmentDoc,
          fragmentName: 'OrderParts',
          from: { __typename: 'Order', id: orderUpdated.id },
          data: orderUpdated,
        });
        if (!isPending(orderUpdated)) void client.refetchQueries({ include: 'active' });
      },
    },
  );
}

function isPending({ status }: OrderPartsFragment): boolean {
  return unsettledStatuses.has(status);
}

/** What a person can do with an order: cancel it while it waits to be paid, and the rest when it is settled. */
function Actions({ order }: { readonly order: NonNullable<OrderDetailQuery['order']> }) {
  if (order.status === 'PENDING') return <Cancel order={order} />;
  if (isPending(order)) return null;
  return (
    <>
      {order.rejectionReason === 'INSUFFICIENT_FUNDS' && (
        <ButtonLink to={`/deposit?for=${order.id}`} look="primary" icon="plus">
          Add money
        </ButtonLink>
      )}
      {order.shop === null &&
        order.rejectionReason !== 'ACCOUNT_CLOSED' &&
        order.rejectionReason !== 'ACCOUNT_FROZEN' && (
          <ButtonLink to={`/orders/new?again=${order.id}`}>Order again</ButtonLink>
        )}
      {(order.status === 'PAID' || order.status === 'PARTIALLY_REFUNDED') && <Refund order={order} />}
    </>
  );
}

interface PaymentsProps {
  readonly order: NonNullable<OrderDetailQuery['order']>;
  /** Shown where the payments could not be read. */
  readonly failed: ReactNode;
}

function Payments({ order: { id, transactions }, failed }: PaymentsProps) {
  if (transactions?.length === 0) return null;
  return (
    <Section title="Payments">
      {transactions === null ? failed : <Transactions transactions={transactions} orderId={id} />}
    </Section>
  );
}
