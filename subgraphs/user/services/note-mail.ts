import { randomUUIDv7 } from 'node:crypto';
import type { Manager } from '#platform/postgres/database.ts';
import type { Outbox } from '#subgraphs/outbox.ts';
import type { AccountMailData, AccountMailKind, NoticeKind } from '#user/domain/account-mails.ts';
import { AccountMail } from '#user/entities/account-mail.ts';
import type { UserRow } from '#user/entities/user.ts';

export interface Notice<Kind extends NoticeKind> {
  readonly user: Pick<UserRow, 'id' | 'email' | 'emailKey' | 'emailProvedAt'>;
  readonly kind: Kind;
  readonly data: AccountMailData[Kind];
}

/**
 * Notes a message about a change of the account, in the transaction that makes the change. A worker sends it after the
 * commit: call `outbox.wakeRelay()` then. A customer whose address is not proved gets none.
 */
export async function noteMail<Kind extends NoticeKind>(
  em: Manager,
  outbox: Outbox,
  { user, kind, data }: Notice<Kind>,
): Promise<void> {
  if (user.emailProvedAt == null) return;
  await writeMail(em, outbox, {
    userId: user.id,
    kind,
    recipient: user.email,
    recipientKey: user.emailKey,
    data: { ...data },
  });
}

export interface MailDraft {
  readonly userId: string | null;
  readonly kind: AccountMailKind;
  readonly recipient: string;
  readonly recipientKey: string;
  readonly sender?: string;
  readonly challengeId?: string;
  readonly data?: Readonly<Record<string, string>>;
}

/** Stores a message and its outbox entry. The entry has only the message's id. */
export async function writeMail(em: Manager, outbox: Outbox, draft: MailDraft): Promise<void> {
  const id = randomUUIDv7();
  const { sender = null, challengeId = null, data = {}, ...mail } = draft;
  await em.insert(AccountMail, { id, ...mail, sender, challengeId, data });
  await outbox.note(em, [{ kind: 'account-mail-written', payload: { mailId: id } }]);
}
