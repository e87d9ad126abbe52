import { defineEntity, p } from '@mikro-orm/postgresql';

/** The payment of a shop's order, with the consent that allowed it. The database adds it to the month's sum. */
export const ShopPayment = defineEntity({
  name: 'ShopPayment',
  tableName: 'shop_payments',
  properties: {
    orderId: p.uuid().primary(),
    consentId: p.uuid(),
    /** Such as 202612. */
    month: p.integer(),
    amountMinor: p.bigint(),
  },
});
