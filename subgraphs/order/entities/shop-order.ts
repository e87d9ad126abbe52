import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';

/** What an order has in addition if a shop placed it. It never changes. */
export const ShopOrder = defineEntity({
  name: 'ShopOrder',
  tableName: 'shop_orders',
  properties: {
    orderId: p.uuid().primary(),
    consentId: p.uuid(),
    /** The id of the API client, and the customer who owns it. */
    shopId: p.uuid(),
    shopOwnerId: p.uuid(),
    shopName: p.text(),
  },
});

export type ShopOrderRow = InferEntity<typeof ShopOrder>;
