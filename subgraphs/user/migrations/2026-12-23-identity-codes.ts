import { Migration } from '@mikro-orm/migrations';

/** Codes that confirm a customer by the address, and when a session used one. */
export class IdentityCodes extends Migration {
  override up(): void {
    this.addSql('alter table sessions add column email_code_at timestamptz(3)');
    this.addSql('alter table email_challenges drop constraint email_challenges_purpose_check');
    // Existing rows have the purposes of before, so they need no check.
    this.addSql(`
      alter table email_challenges add constraint email_challenges_purpose_check
        check (purpose in ('PROVE_EMAIL', 'CHANGE_EMAIL', 'RESET_PASSWORD', 'UNDO_EMAIL_CHANGE', 'RESTORE_EMAIL',
          'CONFIRM_IDENTITY')) not valid`);
  }
}
