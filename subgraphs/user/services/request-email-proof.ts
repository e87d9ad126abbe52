import type { Refusal } from '#platform/errors/refusal.ts';
import { viewerOf } from '#platform/identity/identity.ts';
import type { UserContext } from '#user/context.ts';
import { findPendingEmail, sendProof } from './email-proofs.ts';
import { emailKey } from '#user/domain/email.ts';
import { lockViewer } from './own-session.ts';

/**
 * Sends the viewer a new link and code: to the address that waits for its proof, or else to the current one. It sends
 * nothing if that address is proved.
 */
export async function requestEmailProof(context: UserContext): Promise<Refusal<'TOO_MANY_ATTEMPTS'> | null> {
  const { em, identity, caller, outbox } = context;
  const refused = await em.transactional(async (transaction) => {
    const user = await lockViewer(transaction, viewerOf(identity));
    const { id: userId } = user;
    const { sender } = caller;
    const pending = await findPendingEmail(transaction, userId);
    if (pending !== null) {
      const next = { email: pending, emailKey: emailKey(pending) };
      return await sendProof(transaction, context, { userId, purpose: 'CHANGE_EMAIL', ...next, sender });
    }
    if (user.emailProvedAt != null) return null;
    const current = { email: user.email, emailKey: user.emailKey };
    return await sendProof(transaction, context, { userId, purpose: 'PROVE_EMAIL', ...current, sender });
  });
  if (refused === null) outbox.wakeRelay();
  return refused;
}
