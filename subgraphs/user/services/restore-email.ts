import type { Acting } from '#platform/audit/acting.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import { maskedEmail } from '#platform/identity/masking.ts';
import type { Manager } from '#platform/postgres/database.ts';
import type { UserContext } from '#user/context.ts';
import { type Email, parseEmail } from '#user/domain/email.ts';
import type { UserRow } from '#user/entities/user.ts';
import { actForCustomer, type ActRequest } from './act-for-customer.ts';
import { revokeEveryClient } from './api-clients.ts';
import { markProved } from './change-email.ts';
import { endChallenges, forCurrentEmail } from './challenges.ts';
import { type ProofParts, sendProof } from './email-proofs.ts';
import { emailTaken, isEmailHeld, unlessEmailTaken } from './email-taken.ts';
import { findAddressed } from './find-users.ts';
import { noteMail } from './note-mail.ts';
import { removeFactors } from './second-factors.ts';
import { endEverySession } from './sessions.ts';

export interface RestoreRequest extends ActRequest {
  readonly email: string;
}

const field = ['input', 'email'];

/**
 * Sends a proof to an address that a customer has shown to be theirs. It counts when it is proved; without verification
 * it counts at once. The audit log, which is never erased, has the addresses masked.
 */
export async function restoreEmail(context: UserContext & Acting, { email: text, ...request }: RestoreRequest) {
  const { rules, caller } = context;
  const next = parseEmail(text);
  if (isRefusal(next)) return next;
  const act = async () =>
    await actForCustomer(context, request, async ({ em, user, record }) => {
      const owner = await findAddressed(em, { email: next.email });
      const isOwned = owner !== undefined && owner.id !== user.id;
      if (isOwned || (await isEmailHeld(em, next.emailKey, user.id))) return emailTaken(field);
      const before = { email: maskedEmail(user.email) };
      if (rules.EMAIL_VERIFICATION === 'off') await applyRestoredEmail(em, context, user, next);
      else {
        const wanted = { userId: user.id, purpose: 'RESTORE_EMAIL', ...next, sender: caller.sender } as const;
        const refused = await sendProof(em, context, wanted, field);
        if (refused !== null) return refused;
      }
      await record({ act: 'RESTORED_EMAIL', before, after: { email: maskedEmail(next.email) } });
      return null;
    });
  return await unlessEmailTaken(act, field);
}

/**
 * Gives the locked customer the restored address, and ends all sessions, API clients, links and second factors. The old address is told, without a
 * link that undoes it: the thief of an account may have it.
 */
export async function applyRestoredEmail(em: Manager, parts: ProofParts, user: UserRow, next: Email): Promise<void> {
  const before = { id: user.id, email: user.email, emailKey: user.emailKey, emailProvedAt: user.emailProvedAt };
  if (before.emailKey !== next.emailKey) {
    await noteMail(em, parts.outbox, { user: before, kind: 'EMAIL_REPLACED', data: {} });
  }
  Object.assign(user, next);
  await markProved(em, parts, user);
  await endChallenges(em, user.id, [...forCurrentEmail, 'UNDO_EMAIL_CHANGE']);
  await endEverySession(em, user.id);
  await revokeEveryClient(em, user.id);
  // A passkey signs in alone, and the thief of an account may have added one.
  await removeFactors(em, user.id);
  await noteMail(em, parts.outbox, { user, kind: 'EMAIL_RESTORED', data: {} });
}
