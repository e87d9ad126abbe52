import { IndexMigration } from '#platform/postgres/index-migration.ts';

/** An index-only scan sums a system account, and pages of its entries are read from the same index. */
export class HouseEntries extends IndexMigration {
  protected override readonly indexes = [
    [
      'entries_of_house',
      `entries (system_account, currency, transaction_id) include (amount_minor)
      where system_account is not null`,
    ],
  ] as const;
}
