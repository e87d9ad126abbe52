import { Migration } from '@mikro-orm/migrations';

/**
 * An account of the ledger for money that is owed to customers whose account is closed, and a kind of transaction for
 * what gets there. The checks allow more than those before, so that the rows that are there need not be read again.
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
    // Few rows, whatever the ledger's size: each request for metrics can read what is owed.
    this.addSql(`create index entries_payable on entries (currency) where system_account = 'PAYABLE'`);
  }
}
