import { IndexMigration } from '#platform/postgres/index-migration.ts';

/** The indexes by amount compare amounts of currencies that have different numbers of decimal places. */
export class ComparableAmounts extends IndexMigration {
  protected override readonly indexes = [
    [
      'transactions_sent_by_amount',
      `transactions (from_customer_id, comparable_amount(amount_minor, currency), id)
          where from_customer_id is not null`,
    ],
    [
      'transactions_received_by_amount',
      `transactions (to_customer_id, comparable_amount(amount_minor, currency), id)
          where to_customer_id is not null and from_customer_id is distinct from to_customer_id`,
    ],
  ] as const;
}
