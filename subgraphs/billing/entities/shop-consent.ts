import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import type { Currency } from '#platform/money/currency.ts';

/**
 * A customer lets a shop debit one of their accounts, within limits. It never changes, except that it is withdrawn once.
 */
export const ShopConsent = defineEntity({
  name: 'ShopConsent',
  tableName: 'shop_consents',
  properties: {
    id: p.uuid().primary(),
    customerId: p.uuid(),
    /** The id of the API client. */
    shopId: p.uuid(),
    /** The name that the customer saw. The name of an API client never changes. */
    shopName: p.text(),
    currency: p.text().$type<Currency>(),
    orderLimitMinor: p.bigint(),
    monthLimitMinor: p.bigint(),
    givenAt: p.datetime(3).defaultRaw('now()'),
    expiresAt: p.datetime(3).nullable(),
    withdrawnAt: p.datetime(3).nullable(),
  },
});

export type ShopConsentRow = InferEntity<typeof ShopConsent>;
