import { Migration } from '@mikro-orm/migrations';
import { rebuiltIndex } from '#platform/postgres/rebuilt-index.ts';

/** The indexes with which staff read a customer's freezes, and a job finds old counts of transfers. */
export class IndexesOfRecords extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    const indexes = [
      ['freezes_of_customer', 'freezes (customer_id, frozen_at desc, id desc)'],
      ['unconfirmed_transfers_by_day', 'unconfirmed_transfers (day)'],
    ] as const;
    for (const [name, on] of indexes) for (const statement of rebuiltIndex(name, on)) this.addSql(statement);
  }
}
