import { sql } from 'kysely';
import { z } from 'zod';
import { attemptWindowsS } from '#platform/errors/attempt-windows.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { readRow } from '#platform/postgres/read-rows.ts';
import { refuse, type Refusal } from '#platform/errors/refusal.ts';
import type { AccountMailKind } from '#user/domain/account-mails.ts';

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
  readonly isSenderDone: boolean;
  readonly isRecipientDone: boolean;
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
  const { bySender, toRecipient, lastAgoS } = await readRow(
    em,
    counts,
    sql`
    select
      (select count(*)::int from account_mails
       where sender = ${sender} and created_at > now() - make_interval(secs => ${attemptWindowsS.mails})) as "bySender",
      count(*)::int as "toRecipient",
      extract(epoch from now() - max(created_at))::float8 as "lastAgoS"
    from account_mails
    where recipient_key = ${recipientKey} and kind = ${kind} and created_at > now() - make_interval(secs => ${attemptWindowsS.mails})`,
  );
  return {
    isSenderDone: bySender >= limits.MAILS_PER_SENDER,
    isRecipientDone: toRecipient >= limits.MAILS_PER_RECIPIENT,
    lastAgoS,
  };
}

const counts = z.object({ bySender: z.int(), toRecipient: z.int(), lastAgoS: z.number().nullable() });

/** Refuses a message beyond a limit; null if it may be sent. */
export function refusedMail(
  { isSenderDone, isRecipientDone }: SentMails,
  field: readonly string[] | null = null,
): Refusal<'TOO_MANY_ATTEMPTS'> | null {
  return isSenderDone || isRecipientDone ? tooManyMails(field) : null;
}

export function tooManyMails(field: readonly string[] | null = null): Refusal<'TOO_MANY_ATTEMPTS'> {
  return refuse('TOO_MANY_ATTEMPTS', 'Too many messages were requested. Try again in an hour.', field);
}
