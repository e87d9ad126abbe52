import { IndexMigration } from '#platform/postgres/index-migration.ts';

/** The orders of a consent, newest first: a shop's order reads them. */
export class ConsentIndex extends IndexMigration {
  protected override readonly indexes = [['shop_orders_by_consent', 'shop_orders (consent_id, order_id)']] as const;
}
