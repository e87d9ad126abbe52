import { IndexMigration } from '#platform/postgres/index-migration.ts';

/** Finds the links that hold an address. */
export class HeldEmailsIndex extends IndexMigration {
  protected override readonly indexes = [
    [
      'email_challenges_that_hold',
      "email_challenges (email_key) where purpose = 'UNDO_EMAIL_CHANGE' and used_at is null",
    ],
  ] as const;
}
