import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { attemptWindowsS } from '#platform/errors/attempt-windows.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { readRow } from '#platform/postgres/read-rows.ts';
import { type Refusal, refuseUntil } from '#platform/errors/refusal.ts';
import type { AccountMailKind, NoticeKind } from '#user/domain/account-mails.ts';
import type { UserRow } from '#user/entities/user.ts';

export interface MailLimits {
  /** The most messages of one kind that one address gets in an hour because a client typed the address. */
  readonly MAILS_PER_RECIPIENT: number;
  /** The most messages that clients at one IP address may cause in an hour by typing an address. */
  readonly MAILS_PER_SENDER: number;
}

export interface WantedMail {
  readonly kind: AccountMailKind;
  readonly recipientKey: string;
  /** The IP address of the client that typed the address. */
  readonly sender: string;
}

export interface SentMails {
  /** The seconds until the sender may cause a message again; null if it may now. */
  readonly senderWaitS: number | null;
  /** The seconds until the address may get a message of the kind again; null if it may now. */
  readonly recipientWaitS: number | null;
  /** The seconds since the last message of the kind to the address; null if there was none within an hour. */
  readonly lastAgoS: number | null;
}

/**
 * Counts the messages of the last hour. Locks the sender and the address until the transaction ends, so that concurrent
 * requests count each other. Messages about changes (`noteMail`) do not count: otherwise an attacker could use up the
 * limit and then make a change of which the owner hears nothing.
 */
export async function countMails(em: Manager, limits: MailLimits, wanted: WantedMail): Promise<SentMails> {
  const { kind, recipientKey, sender } = wanted;
  for (const subject of [`sender ${sender}`, `recipient ${recipientKey}`]) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`account mail of ${subject}`}, 0))`.execute(
      em.getKysely(),
    );
  }
  const toRecipient = sql`account_mails where recipient_key = ${recipientKey} and kind = ${kind}`;
  return await readRow(
    em,
    counts,
    sql`
    select
      ${waitOf(sql`account_mails where sender = ${sender}`, limits.MAILS_PER_SENDER)} as "senderWaitS",
      ${waitOf(toRecipient, limits.MAILS_PER_RECIPIENT)} as "recipientWaitS",
      (select extract(epoch from now() - max(created_at))::float8 from ${toRecipient} and ${recent}) as "lastAgoS"`,
  );
}

const counts = z.object({
  senderWaitS: z.number().nullable(),
  recipientWaitS: z.number().nullable(),
  lastAgoS: z.number().nullable(),
});

const window = sql`make_interval(secs => ${attemptWindowsS.mails})`;
const recent = sql`created_at > now() - ${window}`;

/**
 * The seconds until a bound is open again: until the row leaves the window with which the bound was reached. Null while
 * it is open. A bound of 0 never opens.
 *
 * @param rows a table with `created_at`, and its condition.
 */
export function waitOf(rows: RawBuilder<unknown>, bound: number): RawBuilder<unknown> {
  if (bound === 0) return sql`${attemptWindowsS.mails}::float8`;
  return sql`
    (select extract(epoch from created_at + ${window} - now())::float8 from ${rows} and ${recent}
     order by created_at desc offset ${bound - 1} limit 1)`;
}

/** Refuses a message beyond a limit; null if it may be sent. */
export function refusedMail(
  { senderWaitS, recipientWaitS }: SentMails,
  field: readonly string[] | null = null,
): Refusal<'TOO_MANY_ATTEMPTS'> | null {
  if (senderWaitS === null && recipientWaitS === null) return null;
  return tooManyMails(Math.max(senderWaitS ?? 0, recipientWaitS ?? 0), field);
}

export function tooManyMails(waitS: number, field: readonly string[] | null = null): Refusal<'TOO_MANY_ATTEMPTS'> {
  return refuseUntil('TOO_MANY_ATTEMPTS', 'Too many messages were requested.', waitS, field);
}

/** The most messages of one kind about changes that one customer gets in an hour. */
const mostNotices = 50;

/**
 * Refuses a change of a locked customer whose message would be beyond the bound: a program or a thief must not send them
 * without bound. The change is refused, not its message: every change is told. What only takes away, such as a factor, is
 * bounded by what adds it.
 */
export async function refusedNotice(
  em: Manager,
  user: Recipient,
  kind: NoticeKind,
): Promise<Refusal<'TOO_MANY_ATTEMPTS'> | null> {
  const waitS = await noticeWaitS(em, user, kind);
  return waitS === null ? null : refuseUntil('TOO_MANY_ATTEMPTS', 'You made too many changes.', waitS);
}

/** Whether a locked customer got the most messages of a kind. For what must not be refused: it then sends no more. */
export async function isToldEnough(em: Manager, user: Recipient, kind: NoticeKind): Promise<boolean> {
  return (await noticeWaitS(em, user, kind)) !== null;
}

type Recipient = Pick<UserRow, 'emailKey'>;

async function noticeWaitS(em: Manager, { emailKey }: Recipient, kind: NoticeKind): Promise<number | null> {
  const notices = sql`account_mails where recipient_key = ${emailKey} and kind = ${kind}`;
  const { waitS } = await readRow(em, noticeWait, sql`select ${waitOf(notices, mostNotices)} as "waitS"`);
  return waitS;
}

const noticeWait = z.object({ waitS: z.number().nullable() });
