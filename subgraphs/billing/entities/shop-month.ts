import { defineEntity, p } from '@mikro-orm/postgresql';

/** What a shop has debited with a consent in a calendar month (UTC). A trigger writes it. */
export const ShopMonth = defineEntity({
  name: 'ShopMonth',
  tableName: 'shop_months',
  properties: {
    consentId: p.uuid().primary(),
    /** Such as 202612. */
    month: p.integer().primary(),
    spentMinor: p.bigint(),
    limitMinor: p.bigint(),
  },
});
