import { IndexMigration } from '#platform/postgres/index-migration.ts';

/** A payment and each refund of an order are decided once. The index takes the place of the primary key. */
export class SettlementsIndex extends IndexMigration {
  protected override readonly indexes = [
    ['settlements_once', 'settlements (order_id, kind, refund_id) nulls not distinct', 'unique'],
  ] as const;

  override up(): void {
    super.up();
    this.addSql('alter table settlements drop constraint if exists settlements_pkey');
  }
}
