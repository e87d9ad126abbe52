import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import type { AccountMailKind } from '#user/domain/account-mails.ts';

/** A message about an account. The worker that sends it makes its link and its code. */
export const AccountMail = defineEntity({
  name: 'AccountMail',
  tableName: 'account_mails',
  properties: {
    id: p.uuid().primary(),
    /** Null for a request to reset the password: the worker finds out whose address it is. */
    userId: p.uuid().nullable(),
    kind: p.text().$type<AccountMailKind>(),
    recipient: p.text(),
    recipientKey: p.text(),
    /** The IP address, or the network, of the client that caused a message to an address that it typed. */
    sender: p.text().nullable(),
    challengeId: p.uuid().nullable(),
    data: p.json<Readonly<Record<string, string>>>(),
    createdAt: p.datetime(3).defaultRaw('now()'),
    sentAt: p.datetime(3).nullable(),
    /** When the mail server refused the recipient for good. */
    refusedAt: p.datetime(3).nullable(),
    /** How many attempts the mail server refused temporarily because of the recipient. */
    deferrals: p.integer().defaultRaw('0'),
  },
});

export type AccountMailRow = InferEntity<typeof AccountMail>;
