import type { Manager } from '#platform/postgres/database.ts';
import { now } from '#platform/process/clock.ts';
import type { Email } from '#user/domain/email.ts';
import type { UserRow } from '#user/entities/user.ts';
import { endChallenges, forCurrentEmail } from './challenges.ts';
import { type ProofParts, sendUndoLink } from './email-proofs.ts';
import { userChanged } from './user-outbox.ts';

/**
 * Gives a locked user a proved address. It tells the old address, if that was proved, and ends all open links to it. The
 * database refuses an address that another customer has.
 */
export async function changeEmail(em: Manager, parts: ProofParts, user: UserRow, next: Email): Promise<void> {
  const before = { id: user.id, email: user.email, emailKey: user.emailKey, emailProvedAt: user.emailProvedAt };
  user.email = next.email;
  user.emailKey = next.emailKey;
  await markProved(em, parts, user);
  await endChallenges(em, user.id, forCurrentEmail);
  if (before.emailProvedAt != null) await sendUndoLink(em, parts, before);
}

/** Records that the locked user's current address is proved, and tells the other subgraphs. */
export async function markProved(em: Manager, { outbox }: Pick<ProofParts, 'outbox'>, user: UserRow): Promise<void> {
  user.emailProvedAt = now();
  user.version += 1;
  await em.flush();
  await outbox.note(em, userChanged(user));
}
