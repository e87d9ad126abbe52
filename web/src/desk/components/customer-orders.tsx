import { useQuery } from '@apollo/client/react';
import { Copyable } from '../../components/copyable.tsx';
import { Paging, usePaging } from '../../components/paging.tsx';
import { Empty } from '../../components/states.tsx';
import { Line } from '../../components/summary.tsx';
import { Amount, rejectionReasons, StatusBadge, Time } from '../../components/values.tsx';
import { formatMoney } from '../../money.ts';
import { fullTime } from '../../time.ts';
import { useAddress } from '../../use-address.ts';
import { CustomerOrdersDocument } from '../operations.generated.ts';
import { hasRole, useStaff } from '../staff.ts';
import { ActLink } from './act-link.tsx';
import type { CustomerLook } from '../customer-look.ts';
import { Openable } from './openable.tsx';
import { LookContent } from './look-content.tsx';

const pageSize = 20;
const refundWords = { REQUESTED: 'in progress', MADE: 'made', REFUSED: 'not made' } as const;

export function CustomerOrders({ look }: { readonly look: CustomerLook }) {
  const { permit } = look;
  const staff = useStaff();
  const address = useAddress();
  const { data, previousData, error, loading, refetch } = useQuery(CustomerOrdersDocument, {
    variables: { permit, first: pageSize, after: address.get('after') || null },
  });
  const orders = (data ?? previousData)?.customerRecord?.orders;
  const paging = usePaging(address, orders?.pageInfo);
  return (
    <LookContent look={look} className="part" content={orders} error={error} isLoading={loading} again={refetch}>
      {({ nodes }) => (
        <>
          {nodes.length === 0 && <Empty icon="orders" title="No orders" />}
          <ul className={nodes.length === 0 ? '' : 'card rows'} aria-label="Orders">
            {nodes.map(
              ({
                id,
                productId,
                quantity,
                unitPrice,
                total,
                refunds,
                status,
                rejectionReason,
                placedAt,
                settledAt,
              }) => (
                <Openable
                  key={id}
                  icon="orders"
                  title={`${quantity} × ${productId}`}
                  aside={<Amount money={total} />}
                  detail={<Time at={placedAt} />}
                  detailAside={<StatusBadge status={status} />}
                >
                  <dl className="details">
                    <Line term="Placed">{fullTime(placedAt)}</Line>
                    <Line term="Unit price">{formatMoney(unitPrice)}</Line>
                    {settledAt !== null && <Line term="Settled">{fullTime(settledAt)}</Line>}
                    {refunds.map((refund) => (
                      <Line key={refund.id} term={`Refund, ${refundWords[refund.status]}`}>
                        {formatMoney(refund.amount)}
                        {refund.byStaff ? ' by staff' : ''}
                        {refund.reason !== null && `: ${refund.reason}`}
                      </Line>
                    ))}
                    {rejectionReason !== null && <Line term="Rejected">{rejectionReasons[rejectionReason]}</Line>}
                  </dl>
                  <Copyable label="Order ID" name="order ID" text={id} />
                  {(status === 'PAID' || status === 'PARTIALLY_REFUNDED') && hasRole(staff, 'OPERATOR') && (
                    <ActLink to={`/desk/refund?order=${id}`} icon="undo">
                      Refund
                    </ActLink>
                  )}
                </Openable>
              ),
            )}
          </ul>
          <Paging paging={paging} />
        </>
      )}
    </LookContent>
  );
}
