import type { Manager } from '#platform/postgres/database.ts';
import { isRefusal, type Refusal } from '#platform/errors/refusal.ts';
import type { UserContext } from '#user/context.ts';
import { revokeEveryClient } from './api-clients.ts';
import { markProved } from './change-email.ts';
import {
  endChallenges,
  endUndoLinksFrom,
  findByToken,
  forCurrentEmail,
  refusedLink,
  takeChallenge,
} from './challenges.ts';
import { unlessEmailTaken } from './email-taken.ts';
import type { ProvedEmail } from './prove-email.ts';
import { lockUser } from './find-users.ts';
import { writeResetMail } from './request-password-reset.ts';
import { removeFactorsSince } from './second-factors.ts';
import { endEverySession } from './sessions.ts';
import { noteFactorChange } from './sign-in-notices.ts';

type UndoRefusal = Refusal<'INVALID_TOKEN' | 'EMAIL_TAKEN'>;

/**
 * Restores the address to which the link was sent, ends all sessions, revokes all API clients, removes factors that were
 * set since the change, and sends a link for a new password to the restored address. Links to all later addresses of the customer end, also
 * those that would undo this. Links that undo an earlier change stay: otherwise a thief who changed the address twice
 * could end the owner's link with the second.
 */
export async function undoEmailChange(
  context: UserContext,
  { token }: { readonly token: string },
): Promise<ProvedEmail | UndoRefusal> {
  const { em, outbox } = context;
  const restored = await unlessEmailTaken(
    async () => await em.transactional(async (transaction) => await restore(transaction, context, token)),
    null,
  );
  if (!isRefusal(restored)) outbox.wakeRelay();
  return restored;
}

async function restore(em: Manager, context: UserContext, token: string): Promise<ProvedEmail | UndoRefusal> {
  const challenge = await findByToken(em, token, ['UNDO_EMAIL_CHANGE']);
  const user = challenge === null ? null : await lockUser(em, challenge.userId);
  if (challenge === null || user === null) return refusedLink();
  if (!(await takeChallenge(em, challenge.id))) return refusedLink();
  const { email, emailKey } = challenge;
  Object.assign(user, { email, emailKey });
  await markProved(em, context, user);
  await endChallenges(em, user.id, forCurrentEmail);
  await endUndoLinksFrom(em, challenge);
  await endEverySession(em, user.id);
  await revokeEveryClient(em, user.id);
  // A thief who changed the address may have set a factor since, which would keep the owner out.
  if (await removeFactorsSince(em, user.id, challenge.createdAt)) {
    await noteFactorChange(em, user, 'FACTORS_REMOVED', context);
  }
  await writeResetMail(em, context, { email, emailKey });
  return { email };
}
