import { IndexMigration } from '#platform/postgres/index-migration.ts';

/** The indexes with which staff read a customer's freezes, and a job finds old counts of transfers. */
export class IndexesOfRecords extends IndexMigration {
  protected override readonly indexes = [
    ['freezes_of_customer', 'freezes (customer_id, frozen_at desc, id desc)'],
    ['unconfirmed_transfers_by_day', 'unconfirmed_transfers (day)'],
  ] as const;
}
