import { refuse, type Refusal } from '#platform/errors/refusal.ts';
import { viewerOf } from '#platform/identity/identity.ts';
import type { Manager } from '#platform/postgres/database.ts';
import type { UserContext } from '#user/context.ts';
import { emailKey } from '#user/domain/email.ts';
import type { UserRow } from '#user/entities/user.ts';
import { findPendingEmail, sendProof } from './email-proofs.ts';
import { lockViewer } from './own-session.ts';

/**
 * Sends the viewer a new link and code: to the address that waits for its proof, or else to the current one. It sends
 * nothing if that address is proved.
 */
export async function requestEmailProof(context: UserContext): Promise<Refusal<'TOO_MANY_ATTEMPTS'> | null> {
  const { em, identity, outbox } = context;
  const refused = await em.transactional(async (transaction) => {
    const user = await lockViewer(transaction, viewerOf(identity));
    return await sendPendingProof(transaction, context, user);
  });
  if (refused?.refused === 'EMAIL_PROVED') return null;
  if (refused === null) outbox.wakeRelay();
  return refused;
}

/** Sends a locked customer the proof of the address that waits for it, or else of the current one. */
export async function sendPendingProof(
  em: Manager,
  context: UserContext,
  { id: userId, email, emailKey: key, emailProvedAt }: UserRow,
): Promise<Refusal<'TOO_MANY_ATTEMPTS'> | Refusal<'EMAIL_PROVED'> | null> {
  const { sender } = context.caller;
  const pending = await findPendingEmail(em, userId);
  if (pending !== null) {
    const next = { email: pending, emailKey: emailKey(pending) };
    return await sendProof(em, context, { userId, purpose: 'CHANGE_EMAIL', ...next, sender });
  }
  if (emailProvedAt != null) return refuse('EMAIL_PROVED', 'The email address is proved already.');
  return await sendProof(em, context, { userId, purpose: 'PROVE_EMAIL', email, emailKey: key, sender });
}
