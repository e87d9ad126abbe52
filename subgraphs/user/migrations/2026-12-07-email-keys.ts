import { Migration } from '@mikro-orm/migrations';
import { emailKey, twinKey } from '#user/domain/email.ts';

interface Row {
  readonly id: string;
  readonly email: string;
  readonly email_key: string;
}

const rowsAtOnce = 1_000;
const beforeAll = '00000000-0000-0000-0000-000000000000';

/**
 * Gives each address the key that domain/email.ts computes, which PostgreSQL cannot compute. If two users now have one
 * address, the user who already has its key keeps it, or else the oldest user. The other user gets a separate key, which
 * only the exact spelling finds.
 */
export class EmailKeys extends Migration {
  override async up(): Promise<void> {
    for (let last = beforeAll; ;) {
      const rows = await this.rowsAfter(last);
      for (const row of rows) if (row.email_key !== emailKey(row.email)) await this.changeKey(row);
      const end = rows.at(-1);
      if (end === undefined) return;
      last = end.id;
    }
  }

  private async rowsAfter(id: string): Promise<readonly Row[]> {
    const page = `select id, email, email_key from users where id > ? order by id limit ${rowsAtOnce}`;
    return (await this.execute(page, [id])) as unknown as readonly Row[];
  }

  private async changeKey({ id, email }: Row): Promise<void> {
    const key = emailKey(email);
    await this.execute(
      `update users set email_key = case when exists (select from users where email_key = ?) then ? else ? end
       where id = ?`,
      [key, twinKey(email), key, id],
    );
  }
}
