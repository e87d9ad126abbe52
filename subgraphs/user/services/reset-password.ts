import { isRefusal, type Refusal } from '#platform/errors/refusal.ts';
import type { UserContext } from '#user/context.ts';
import { refusedPassword } from '#user/domain/password.ts';
import { revokeEveryClient } from './api-clients.ts';
import { endChallenges, findByToken, refusedLink, takeChallenge } from './challenges.ts';
import { commonPasswords } from './common-passwords.ts';
import { lockUser } from './find-users.ts';
import { noteMail } from './note-mail.ts';
import { endEverySession } from './sessions.ts';

export interface PasswordReset {
  readonly token: string;
  readonly newPassword: string;
}

/** Sets a new password with the link of a message, ends every session and revokes all API clients. Second factors stay. */
export async function resetPassword(
  { em, caller, passwords, outbox }: UserContext,
  { token, newPassword }: PasswordReset,
): Promise<Refusal<'INVALID_TOKEN' | 'WEAK_PASSWORD'> | null> {
  const challenge = await findByToken(em, token, ['RESET_PASSWORD']);
  if (challenge === null) return refusedLink();
  const guesses = { common: commonPasswords, emailKey: challenge.emailKey };
  const weak = refusedPassword(newPassword, guesses, ['input', 'newPassword']);
  if (weak !== null) return weak;
  const passwordHash = await passwords.hash(caller, newPassword);

  const refused = await em.transactional(async (transaction) => {
    const user = await lockUser(transaction, challenge.userId);
    if (user === null || !(await takeChallenge(transaction, challenge.id))) return refusedLink();
    user.passwordHash = passwordHash;
    await transaction.flush();
    await endChallenges(transaction, user.id, ['CHANGE_EMAIL', 'RESET_PASSWORD']);
    await endEverySession(transaction, user.id);
    await revokeEveryClient(transaction, user.id);
    await noteMail(transaction, outbox, { user, kind: 'PASSWORD_CHANGED', data: {} });
    return null;
  });
  if (!isRefusal(refused)) outbox.wakeRelay();
  return refused;
}
