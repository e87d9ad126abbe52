import { randomUUIDv7 } from 'node:crypto';
import { fault } from '#platform/errors/faults.ts';
import { isRefusal, refuse } from '#platform/errors/refusal.ts';
import { clientOf } from '#platform/identity/identity.ts';
import { once } from '#platform/postgres/idempotency.ts';
import { errorText } from '#platform/telemetry/log.ts';
import { isId } from '#platform/validation/ids.ts';
import type { OrderContext } from '#order/context.ts';
import { draftOrder, type OrderRequest, textFaults } from '#order/domain/order.ts';
import type { Consent } from './find-consent.ts';
import { insertOrder } from './place-order.ts';
import { unlessSealed } from './seal-orders.ts';
import { refusedUnpaid } from './unpaid-shop-orders.ts';
import { findShopOrder, type ShopOrderView } from './shop-orders.ts';

export interface ShopOrderRequest extends OrderRequest {
  readonly consentId: string;
  readonly idempotencyKey: string;
}

/**
 * Places an order of the calling shop for the customer who gave the consent. Billing decides whether the consent allows
 * the debit: an order that it does not allow is REJECTED.
 *
 * @throws SERVICE_UNAVAILABLE where billing does not respond about the consent.
 */
export async function placeShopOrder(context: OrderContext, input: ShopOrderRequest) {
  const { identity, em, outbox } = context;
  const { idempotencyKey: key, consentId: askedId, ...ordered } = input;
  const { viewer, clientId: shopId } = clientOf(identity);
  const draft = draftOrder(ordered);
  // Long texts are refused before the input is hashed.
  if (isRefusal(draft) && textFaults(ordered).some((fault) => fault !== null)) return draft;
  if (!isId(askedId)) return noConsent;
  const consentId = askedId.toLowerCase();
  // A key belongs to the shop's owner. Two shops of one owner never share an order.
  const content = { ...ordered, consentId, shopId };
  const request = { customerId: viewer.id, mutation: 'placeShopOrder', key, input: content };
  const placed = async (id: string) => (await findShopOrder(context, { id }))!;
  return await once(em, request, placed, async () => {
    if (isRefusal(draft)) return draft;
    const consent = await consentOf(context, consentId);
    if (consent === null) return noConsent;
    if (consent.currency !== draft.currency) {
      const field = ['input', 'unitPrice', 'currency'];
      return refuse('CURRENCY_MISMATCH', `The consent is for an account in ${consent.currency}.`, field);
    }
    const { customerId, shopName } = consent;
    const shop = { consentId, shopId, shopOwnerId: viewer.id, shopName };
    // Notification knows the customer's address.
    const contact = { email: null, name: null };
    const order = await unlessSealed(
      async () =>
        await em.transactional(async (transaction) => {
          const refused = await refusedUnpaid(transaction, consentId);
          if (refused !== null) return refused;
          const ordered = { id: randomUUIDv7(), customerId, ...draft, status: 'PENDING' as const };
          return await insertOrder({ em: transaction, outbox }, ordered, request, contact, shop);
        }),
    );
    // That a customer's accounts are being closed is not for the shop to know.
    if (isRefusal(order)) return order.refused === 'ACCOUNT_CLOSED' ? noConsent : order;
    outbox.wakeRelay();
    const { customerId: _customerId, ...view } = order;
    return { ...view, consentId } satisfies ShopOrderView;
  });
}

const noConsent = refuse('NOT_FOUND', 'No customer has given this shop a consent with this id.', [
  'input',
  'consentId',
]);

async function consentOf({ findConsent, identity, log }: OrderContext, consentId: string): Promise<Consent | null> {
  try {
    return await findConsent(identity, consentId);
  } catch (error) {
    log.error({ reason: errorText(error) }, 'consent lookup failed');
    throw fault('SERVICE_UNAVAILABLE', "The consent can't be checked right now. Try again shortly.");
  }
}
