import {
  checkConsent,
  checkMonth,
  checkShopOrder,
  type Consent,
  type ShopMonth,
  type ShopOrder,
  type ShopPayment,
} from './domain/shop.ts';
import { eachRow, joinByKey } from './ordered-rows.ts';
import type { Report } from './report.ts';
import { amount, bytes, integer, orNull, rowParser, text, time } from './row-parser.ts';
import type { Snapshot } from './snapshot.ts';

const parseConsent = rowParser<Consent>('billing.shop_consents', {
  id: text,
  customerId: text,
  shopId: text,
  shopName: text,
  currency: text,
  orderLimitMinor: amount,
  monthLimitMinor: amount,
  givenAt: time,
  expiresAt: orNull(time),
  hash: bytes,
  withdrawnAt: orNull(time),
  withdrawalHash: orNull(bytes),
});
const parseMonth = rowParser<ShopMonth>('billing.shop_months', {
  consentId: text,
  month: integer,
  spentMinor: orNull(amount),
  limitMinor: orNull(amount),
  paidMinor: orNull(amount),
  consentLimitMinor: orNull(amount),
});
const parseOrder = rowParser<ShopOrder>('order.shop_orders', {
  orderId: text,
  consentId: text,
  shopId: text,
  shopOwnerId: text,
  shopName: text,
  hash: bytes,
  customerId: orNull(text),
  status: orNull(text),
  settledAt: orNull(time),
});
const parsePayment = rowParser<ShopPayment>('billing.shop_payments', {
  orderId: text,
  consentId: text,
  month: integer,
  amountMinor: amount,
  consentShopId: orNull(text),
  consentShopName: orNull(text),
  consentCustomerId: orNull(text),
  consentCurrency: orNull(text),
  paidCustomerId: orNull(text),
  paidCurrency: orNull(text),
  paidMinor: orNull(amount),
  paidAt: orNull(time),
});

export interface ShopSnapshots {
  readonly order: Snapshot;
  readonly billing: Snapshot;
}

/** Recomputes what shops have debited, and compares each of their orders with its payment and its consent. */
export async function verifyShops({ order, billing }: ShopSnapshots, horizon: Date, report: Report): Promise<void> {
  const consents = await billing.stream(
    parseConsent,
    `
    select id, customer_id as "customerId", shop_id as "shopId", shop_name as "shopName", currency,
      order_limit_minor as "orderLimitMinor", month_limit_minor as "monthLimitMinor", given_at as "givenAt",
      expires_at as "expiresAt", coalesce(hash, '') as hash, withdrawn_at as "withdrawnAt",
      withdrawal_hash as "withdrawalHash"
    from shop_consents`,
  );
  await eachRow(consents, (consent) => {
    report.found(checkConsent(consent));
    report.checked('billing.shop_consents');
  });
  const months = await billing.stream(
    parseMonth,
    `
    select consent_id as "consentId", month, spent_minor as "spentMinor", limit_minor as "limitMinor",
      "paidMinor"::bigint as "paidMinor", month_limit_minor as "consentLimitMinor"
    from shop_months full join (
      select consent_id, month, sum(amount_minor) as "paidMinor" from shop_payments group by consent_id, month
    ) as paid using (consent_id, month) left join shop_consents on shop_consents.id = consent_id`,
  );
  await eachRow(months, (month) => {
    report.found(checkMonth(month));
    report.checked('billing.shop_months');
  });
  await verifyShopOrders({ order, billing }, horizon, report);
}

async function verifyShopOrders({ order, billing }: ShopSnapshots, horizon: Date, report: Report): Promise<void> {
  const orders = await order.stream(
    parseOrder,
    `
    select order_id as "orderId", consent_id as "consentId", shop_id as "shopId", shop_owner_id as "shopOwnerId",
      shop_name as "shopName", coalesce(shop_orders.hash, '') as hash, customer_id as "customerId", status,
      settled_at as "settledAt"
    from shop_orders left join orders on orders.id = order_id order by order_id`,
  );
  const payments = await billing.stream(
    parsePayment,
    `
    select shop_payments.order_id as "orderId", consent_id as "consentId", month,
      shop_payments.amount_minor as "amountMinor", shop_id as "consentShopId", shop_name as "consentShopName",
      shop_consents.customer_id as "consentCustomerId", shop_consents.currency as "consentCurrency",
      from_customer_id as "paidCustomerId", transactions.currency as "paidCurrency",
      transactions.amount_minor as "paidMinor", created_at as "paidAt"
    from shop_payments
      left join shop_consents on shop_consents.id = consent_id
      left join settlements on settlements.order_id = shop_payments.order_id and settlements.kind = 'PAYMENT'
      left join transactions on transactions.id = transaction_id
    order by shop_payments.order_id`,
  );
  const keyOf = ({ orderId }: { readonly orderId: string }) => orderId;
  const joined = joinByKey<{ orders: ShopOrder; payments: ShopPayment }>({
    orders: { rows: orders, keyOf },
    payments: { rows: payments, keyOf },
  });
  for await (const { group } of joined) {
    report.found(checkShopOrder(group.orders[0], group.payments[0], horizon));
    report.checked('order.shop_orders', group.orders.length);
    report.checked('billing.shop_payments', group.payments.length);
  }
}
