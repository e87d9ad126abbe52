import { IndexMigration } from '#platform/postgres/index-migration.ts';

/** The index by total compares totals of currencies that have different numbers of decimal places. */
export class ComparableTotals extends IndexMigration {
  protected override readonly indexes = [
    ['orders_by_total', 'orders (customer_id, comparable_amount(total_minor, currency), id)'],
  ] as const;
}
