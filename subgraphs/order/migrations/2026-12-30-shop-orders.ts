import { Migration } from '@mikro-orm/migrations';
import { hashNewRows } from '#platform/postgres/row-hash.ts';

/** The orders that shops placed for customers, with the consent that they name. Old rejections stay valid. */
export class ShopOrders extends Migration {
  override up(): void {
    this.addSql(`
      alter table orders
        drop constraint orders_rejection_reason_check,
        add constraint orders_rejection_reason_check check (rejection_reason in (
          'INSUFFICIENT_FUNDS', 'ACCOUNT_CLOSED', 'ACCOUNT_FROZEN', 'CONSENT_MISSING', 'CONSENT_WITHDRAWN',
          'CONSENT_EXPIRED', 'ORDER_LIMIT_EXCEEDED', 'MONTH_LIMIT_EXCEEDED', 'NOT_PROCESSED')) not valid`);
    this.addSql(`
      create table shop_orders (
        order_id uuid primary key references orders,
        consent_id uuid not null,
        shop_id uuid not null,
        shop_owner_id uuid not null,
        shop_name text not null check (length(shop_name) between 1 and 100)
      )`);
    this.addSql('create index shop_orders_by_shop on shop_orders (shop_id, order_id)');
    const ids = ['order_id', 'consent_id', 'shop_id', 'shop_owner_id'].map((column) => `new.${column}::text`);
    for (const statement of hashNewRows('shop_orders', [...ids, 'new.shop_name'])) this.addSql(statement);
  }
}
