import { Migration } from '@mikro-orm/migrations';

/**
 * Adds a ledger account for money that is owed to customers whose account is closed, and a kind of transaction that pays
 * into it. The new checks accept everything that the previous ones accepted, so PostgreSQL need not validate existing
 * rows.
 */
export class Payable extends Migration {
  override up(): void {
    this.addSql(`
      alter table transactions
        drop constraint transactions_kind_check,
        add constraint transactions_kind_check check (kind in (
          'OPENING_DEPOSIT', 'DEPOSIT', 'WITHDRAWAL', 'TRANSFER', 'ORDER_PAYMENT', 'REFUND', 'REFUND_HELD')) not valid`);
    this.addSql(`
      alter table entries
        drop constraint entries_system_account_check,
        add constraint entries_system_account_check
          check (system_account in ('CASH', 'SALES', 'FEES', 'EXCHANGE', 'PAYABLE')) not valid`);
    // The index stays small at any size of the ledger, so each request for metrics can read the owed amount.
    this.addSql(`create index entries_payable on entries (currency) where system_account = 'PAYABLE'`);
  }
}
