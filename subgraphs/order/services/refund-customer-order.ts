import type { Acting } from '#platform/audit/acting.ts';
import { refusedOwnAccount } from '#platform/audit/own-account.ts';
import { reasonOf, recordAct } from '#platform/audit/record-act.ts';
import { isRefusal, refuse } from '#platform/errors/refusal.ts';
import { viewerOf } from '#platform/identity/identity.ts';
import { once, rememberKeys } from '#platform/postgres/idempotency.ts';
import { isId } from '#platform/validation/ids.ts';
import type { OrderContext } from '#order/context.ts';
import { findOrder } from './find-orders.ts';
import { beginRefund, lockOrder, refundInput, type RefundRequest } from './refund-order.ts';
import { unlessSealed } from './seal-orders.ts';

export interface StaffRefundRequest extends RefundRequest {
  readonly reason: string;
}

/**
 * Refunds an order of another customer, in whole or in part, at any time after its payment. The audit log has the act in the commit that
 * makes the order REFUNDING.
 */
export async function refundCustomerOrder(
  context: OrderContext & Acting,
  { idempotencyKey: key, reason: given, orderId, amount = null }: StaffRefundRequest,
) {
  const { em, identity, outbox, actor, caller } = context;
  const reason = reasonOf(given);
  if (isRefusal(reason)) return reason;
  if (!isId(orderId)) return noOrder;
  const request = {
    customerId: viewerOf(identity).id,
    mutation: 'refundCustomerOrder',
    key,
    input: refundInput({ orderId, amount, reason }),
  };

  return await once(
    em,
    request,
    async (id) => (await findOrder(em, id))!,
    async () => {
      const refunding = await unlessSealed(
        async () =>
          await em.transactional(async (transaction) => {
            const order = await lockOrder(transaction, { id: orderId });
            if (order === null) return noOrder;
            const own = refusedOwnAccount(actor, order.customerId, ['input', 'orderId']);
            if (own !== null) return own;
            // Order knows no address of the customer: notification has it.
            const before = { status: order.status };
            const contact = { email: null, name: null };
            // The customer sees no reason: staff write theirs for the audit log.
            const terms = { amount, withinDays: null, reason: null, byStaff: true, contact };
            const refused = await beginRefund(transaction, outbox, order, terms);
            if (refused !== null) return refused;
            await rememberKeys(transaction, [{ request, resultId: order.id }]);
            const { id, customerId } = order;
            const states = { before, after: { status: order.status } };
            const subject = `order:${id}`;
            await recordAct(transaction, {
              actor,
              act: 'REFUNDED_ORDER',
              customerId,
              subject,
              ...states,
              reason,
              caller,
            });
            return order;
          }),
        "The customer's",
      );
      if (!isRefusal(refunding)) outbox.wakeRelay();
      return refunding;
    },
  );
}

const noOrder = refuse('NOT_FOUND', 'No order has this id.', ['input', 'orderId']);
