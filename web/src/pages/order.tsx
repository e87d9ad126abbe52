import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useParams } from 'react-router';
import { Button, ButtonLink } from '../components/button.tsx';
import { ConfirmDialog } from '../components/dialog.tsx';
import { Icon } from '../components/icon.tsx';
import { useSubmission } from '../components/form.tsx';
import { MessageIcon } from '../components/message-icon.tsx';
import { Page, Section } from '../components/page.tsx';
import { Empty, Failed, Loading, Notice } from '../components/states.tsx';
import { Transactions } from '../components/transactions.tsx';
import { rejectionReasons, StatusBadge, Time } from '../components/values.tsx';
import {
  OrderDetailDocument,
  type OrderPartsFragment,
  OrderPartsFragmentDoc,
  OrderUpdatedDocument,
  RefundOrderDocument,
} from '../graph/operations.generated.ts';
import { useIdempotencyKeys } from '../idempotency.ts';
import { useLive } from '../live/live.ts';
import { formatMoney } from '../money.ts';
import { usePolling } from '../live/use-polling.ts';

const pollMs = 800;
/** An update that got lost on its way may not leave a person waiting. */
const pollBesideLiveMs = 4_000;

export default function OrderPage() {
  const { id = '' } = useParams();
  const client = useApolloClient();
  const { data, error, loading, refetch, startPolling, stopPolling } = useQuery(OrderDetailDocument, {
    variables: { id },
  });
  const order = data?.order;
  const isMoving = order != null && isPending(order);
  const isLive = useLive(
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
  usePolling({ startPolling, stopPolling }, isMoving ? (isLive ? pollBesideLiveMs : pollMs) : null);

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
      actions={order.status === 'PAID' && <Refund order={order} />}
    >
      <div className="order-total">
        <bdi dir="ltr" className="big-balance">
          {formatMoney(order.total)}
        </bdi>
        {order.quantity > 1 && <span className="row-detail">{formatMoney(order.unitPrice)} each</span>}
      </div>
      <Steps order={order} />
      {order.rejectionReason === 'INSUFFICIENT_FUNDS' && (
        <div className="buttons">
          <ButtonLink to="/deposit" icon="plus">
            Add money
          </ButtonLink>
          <ButtonLink to="/orders/new">Order again</ButtonLink>
        </div>
      )}
      {order.transactions === null ? (
        <Section title="Payments">
          <Failed error={error} again={() => void refetch()} />
        </Section>
      ) : (
        order.transactions.length > 0 && (
          <Section title="Payments">
            <Transactions transactions={order.transactions} orderId={order.id} />
          </Section>
        )
      )}
      {order.notifications !== null && order.notifications.length > 0 && (
        <Section title="Messages about it">
          <ul className="card rows">
            {order.notifications.map((notification) => (
              <li key={notification.id} className="row">
                <MessageIcon kind={notification.kind} />
                <div className="row-main">
                  <p className="row-title">{notification.subject}</p>
                  <p className="row-detail">
                    <Time at={notification.createdAt} />
                  </p>
                </div>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Page>
  );
}

function isPending({ status }: OrderPartsFragment): boolean {
  return status === 'PENDING' || status === 'REFUNDING';
}

function Steps({ order }: { readonly order: OrderPartsFragment }) {
  const { status, placedAt, settledAt, rejectionReason } = order;
  const isRefund = status === 'REFUNDING' || status === 'REFUNDED';
  return (
    <ol className="steps" aria-label="What has happened">
      <Step state="done" title="Placed">
        <Time at={placedAt} />
      </Step>
      {status === 'REJECTED' ? (
        <Step state="bad" title="Rejected">
          {rejectionReason !== null && rejectionReasons[rejectionReason]} Nothing was taken.
        </Step>
      ) : (
        <Step state={status === 'PENDING' ? 'now' : 'done'} title={status === 'PENDING' ? 'Being paid' : 'Paid'}>
          {settledAt === null ? 'This takes a moment.' : <Time at={settledAt} />}
        </Step>
      )}
      {isRefund && (
        <Step
          state={status === 'REFUNDING' ? 'now' : 'done'}
          title={status === 'REFUNDING' ? 'Being refunded' : 'Refunded'}
        >
          {status === 'REFUNDING' ? 'The money is on its way back.' : 'The money is back on your account.'}
        </Step>
      )}
    </ol>
  );
}

function Step({
  state,
  title,
  children,
}: {
  readonly state: 'done' | 'now' | 'bad';
  readonly title: string;
  readonly children: React.ReactNode;
}) {
  return (
    <li className={`step step-${state}`}>
      <span className="step-mark">
        {state === 'now' ? (
          <span className="spinner" aria-hidden="true" />
        ) : (
          <Icon name={state === 'bad' ? 'cross' : 'check'} size={16} />
        )}
      </span>
      <div>
        <p className="row-title">{title}</p>
        <p className="row-detail">{children}</p>
      </div>
    </li>
  );
}

function Refund({ order }: { readonly order: OrderPartsFragment }) {
  const [isOpen, setOpen] = useState(false);
  const keyFor = useIdempotencyKeys();
  const [refund] = useMutation(RefundOrderDocument);
  const submission = useSubmission({}, async () => {
    const content = { orderId: order.id };
    const { data } = await refund({ variables: { input: { ...content, idempotencyKey: keyFor(content) } } });
    const refusals = data?.refundOrder.userErrors ?? [];
    if (refusals.length === 0) setOpen(false);
    return refusals;
  });
  return (
    <>
      <Button icon="undo" onPress={() => setOpen(true)}>
        Refund
      </Button>
      <ConfirmDialog title="Refund this order?" isOpen={isOpen} onOpenChange={setOpen}>
        <p>{formatMoney(order.total)} comes back to your account.</p>
        {submission.shown.general.map((sentence) => (
          <Notice key={sentence} kind="error">
            {sentence}
          </Notice>
        ))}
        <div className="buttons">
          <Button look="primary" isPending={submission.isPending} onPress={submission.submit}>
            Refund
          </Button>
          <Button slot="close">Keep the order</Button>
        </div>
      </ConfirmDialog>
    </>
  );
}
