import { Migration } from '@mikro-orm/migrations';

/** An order can be rejected because its account is frozen. The check allows more than before, so no row is read again. */
export class FrozenAccounts extends Migration {
  override up(): void {
    this.addSql(`
      alter table orders
        drop constraint orders_rejection_reason_check,
        add constraint orders_rejection_reason_check check (rejection_reason in (
          'INSUFFICIENT_FUNDS', 'ACCOUNT_CLOSED', 'ACCOUNT_FROZEN', 'NOT_PROCESSED')) not valid`);
  }
}
