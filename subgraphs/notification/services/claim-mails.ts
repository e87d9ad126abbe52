import { sql } from 'kysely';
import { z } from 'zod';
import type { MailBounds } from '#platform/mail/mail-bounds.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { readRows } from '#platform/postgres/read-rows.ts';

const windowS = 60 * 60;

/**
 * Counts each of these notifications within the bounds, and holds the others. A counted notification stays counted, so a
 * repeated attempt is not counted again. Concurrent calls run one after the other, so that none misses a count. Emails
 * that other customers cause have a count of their own: strangers cannot use up the emails about a customer's orders.
 *
 * @returns the ids that may be sent.
 */
export async function claimMails(em: Manager, bounds: MailBounds, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  return await em.transactional(async (transaction) => {
    await lockMails(transaction);
    const claimed = await readRows(transaction, z.object({ id: z.string() }), claim(bounds, ids));
    return new Set(claimed.map(({ id }) => id));
  });
}

/** Lets one transaction at a time count emails or take held ones. Its next statement reads all earlier counts. */
export async function lockMails(em: Manager): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('emails are counted'))`.execute(em.getKysely());
}

const recent = sql`mail_at > now() - make_interval(secs => ${windowS})`;

const claim = ({ perRecipient, perSender }: MailBounds, ids: readonly string[]) => sql`
  with wanted as (
    select id, mail_at is not null as "hasPlace",
      row_number() over (partition by customer_id, sender_id is null, mail_at is null order by id)
        + (select count(*) from notifications sent
           where sent.customer_id = notifications.customer_id and (sent.sender_id is null) = (notifications.sender_id is null)
             and ${recent})
        <= ${perRecipient}
      and (sender_id is null or
        row_number() over (partition by sender_id, mail_at is null order by id)
          + (select count(*) from notifications sent where sent.sender_id = notifications.sender_id and ${recent})
          <= ${perSender}) as fits
    from notifications where id = any(${ids}::uuid[]) and sent_at is null and refused_at is null and held_at is null
  ), changed as (
    update notifications set
      mail_at = case when fits then now() end,
      held_at = case when not fits then now() end
    from wanted where wanted.id = notifications.id and not "hasPlace"
    returning notifications.id, fits
  )
  select id from changed where fits union all select id from wanted where "hasPlace"`;
