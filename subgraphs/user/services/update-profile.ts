import { type Viewer, viewerOf } from '#platform/identity/identity.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { isRefusal, type Refusal } from '#platform/errors/refusal.ts';
import type { UserContext } from '#user/context.ts';
import type { Email } from '#user/domain/email.ts';
import { changedProfile, type ProfileChange } from '#user/domain/person.ts';
import type { UserRow } from '#user/entities/user.ts';
import { changeEmail } from './change-email.ts';
import { endChallenges } from './challenges.ts';
import { refusedWithout } from './confirmations.ts';
import { sendProof } from './email-proofs.ts';
import { emailTaken, isEmailHeld, unlessEmailTaken } from './email-taken.ts';
import { findAddressed } from './find-users.ts';
import { lockViewer } from './own-session.ts';
import { userChanged } from './user-outbox.ts';

export interface ConfirmedChange extends ProfileChange {
  /** From `confirmIdentity`. A new address needs one. */
  readonly confirmation?: string | null | undefined;
}

interface CheckedChange extends ProfileChange {
  /** Refuses a new address; null if the change is confirmed. */
  readonly unconfirmed: Refusal<'CONFIRMATION_REQUIRED'> | null;
}

/**
 * Changes the viewer's name, and begins a change of the email address: a new address counts when it is proved. Without
 * verification it counts at once. The current address withdraws a change that is not proved yet. The outbox entries for
 * the other subgraphs are in the same commit.
 */
export async function updateProfile(context: UserContext, { confirmation, ...change }: ConfirmedChange) {
  const { em, identity, outbox } = context;
  const viewer = viewerOf(identity);
  const unconfirmed = change.email == null ? null : await refusedWithout(confirmation, context);
  const user = await unlessEmailTaken(
    async () =>
      await em.transactional(
        async (transaction) => await changeProfile(transaction, viewer, { ...change, unconfirmed }, context),
      ),
  );
  if (!isRefusal(user)) outbox.wakeRelay();
  return user;
}

async function changeProfile(em: Manager, viewer: Viewer, change: CheckedChange, context: UserContext) {
  const user = await lockViewer(em, viewer);
  const changes = changedProfile(user, change);
  if (isRefusal(changes)) return changes;
  const { email, emailKey, name = user.name } = changes;
  if (email !== undefined && emailKey !== undefined && email !== user.email) {
    if (change.unconfirmed !== null) return change.unconfirmed;
    const refused = await beginEmailChange(em, context, user, { email, emailKey });
    if (refused !== null) return refused;
  } else if (change.email != null) {
    // The customer entered the current address: a new one that waits for its proof is withdrawn.
    await endChallenges(em, user.id, ['CHANGE_EMAIL']);
  }
  if (name === user.name) return user;

  user.name = name;
  user.version += 1;
  await em.flush();
  await context.outbox.note(em, userChanged(user));
  return user;
}

const emailField = ['input', 'email'];

/** Every change of the address that a customer requests begins here. */
async function beginEmailChange(
  em: Manager,
  context: UserContext,
  user: UserRow,
  next: Email,
): Promise<Refusal<'EMAIL_TAKEN' | 'TOO_MANY_ATTEMPTS'> | null> {
  if (context.rules.EMAIL_VERIFICATION === 'off') {
    await changeEmail(em, context, user, next);
    return null;
  }
  const owner = await findAddressed(em, { email: next.email });
  const isOwned = owner !== undefined && owner.id !== user.id;
  if (isOwned || (await isEmailHeld(em, next.emailKey, user.id))) return emailTaken(emailField);
  const { sender } = context.caller;
  const wanted = { userId: user.id, purpose: 'CHANGE_EMAIL', ...next, sender } as const;
  return await sendProof(em, context, wanted, emailField);
}
