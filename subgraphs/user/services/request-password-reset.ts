import type { Manager } from '#platform/postgres/database.ts';
import { isRefusal, type Refusal } from '#platform/errors/refusal.ts';
import type { Outbox } from '#subgraphs/outbox.ts';
import type { UserContext } from '#user/context.ts';
import { type Email, parseEmail } from '#user/domain/email.ts';
import { countMails, tooManyMails } from './mail-limits.ts';
import { writeMail } from './note-mail.ts';

export interface ResetRules {
  readonly PASSWORD_RESET_TTL_S: number;
}

/** A burst of requests for one address sends one message within this time. */
const burstS = 5 * 60;

/**
 * Requests a message with a link for a new password. The request does the same work for every address and does not look
 * for its customer: the worker that sends the message does. Only the sender's limit is refused, because it does not
 * depend on the address.
 */
export async function requestPasswordReset(
  context: UserContext,
  input: { readonly email: string },
): Promise<Refusal<'INVALID_EMAIL' | 'TOO_MANY_ATTEMPTS'> | null> {
  const { em, caller, rules, outbox } = context;
  const email = parseEmail(input.email);
  if (isRefusal(email)) return email;
  const { sender } = caller;
  const refused = await em.transactional(async (transaction) => {
    const wanted = { kind: 'PASSWORD_RESET', recipientKey: email.emailKey, sender } as const;
    const { senderWaitS, recipientWaitS, lastAgoS } = await countMails(transaction, rules, wanted);
    if (senderWaitS !== null) return tooManyMails(senderWaitS);
    if (recipientWaitS !== null || (lastAgoS !== null && lastAgoS < burstS)) return null;
    await writeResetMail(transaction, context, email, sender);
    return null;
  });
  if (refused === null) outbox.wakeRelay();
  return refused;
}

/** The message names no customer: the worker finds the customer of the address. */
export async function writeResetMail(
  em: Manager,
  { outbox, rules }: { readonly outbox: Outbox; readonly rules: ResetRules },
  { email, emailKey }: Email,
  sender?: string,
): Promise<void> {
  await writeMail(em, outbox, {
    userId: null,
    kind: 'PASSWORD_RESET',
    recipient: email,
    recipientKey: emailKey,
    ...(sender !== undefined && { sender }),
    data: { ttlS: String(rules.PASSWORD_RESET_TTL_S) },
  });
}
