import { viewerOf } from '#platform/identity/identity.ts';
import { isRefusal, together } from '#platform/errors/refusal.ts';
import type { UserContext } from '#user/context.ts';
import { emailKey } from '#user/domain/email.ts';
import { refusedPassword } from '#user/domain/password.ts';
import { endChallenges } from './challenges.ts';
import { commonPasswords } from './common-passwords.ts';
import { refusedWithoutFactor } from './confirmations.ts';
import { refusedCurrentPassword, viewerByPasswordAlone } from './own-password.ts';
import { requireSession } from './own-session.ts';
import { lockUser } from './find-users.ts';
import { refusedNotice } from './mail-limits.ts';
import { noteMail } from './note-mail.ts';
import { beginSession, endEverySession } from './sessions.ts';

export interface PasswordChange {
  readonly currentPassword: string;
  readonly newPassword: string;
  readonly confirmation?: string | null | undefined;
}

const currentPasswordField = ['input', 'currentPassword'];

/** Changes the viewer's password, ends every session of the viewer and begins a new one. */
export async function changePassword(
  context: UserContext,
  { currentPassword, newPassword, confirmation }: PasswordChange,
) {
  const { em, identity, caller, passwords, keyring, rules, signedIn, outbox } = context;
  const guesses = { common: commonPasswords, emailKey: emailKey(viewerOf(identity).email) };
  const unconfirmed = await refusedWithoutFactor(confirmation, viewerOf(identity).id, context);
  if (unconfirmed !== null) return unconfirmed;
  const viewer = await viewerByPasswordAlone(context, currentPassword, currentPasswordField);
  const refused = together<'INVALID_CREDENTIALS' | 'TOO_MANY_ATTEMPTS' | 'WEAK_PASSWORD'>([
    isRefusal(viewer) ? viewer : null,
    refusedPassword(newPassword, guesses, ['input', 'newPassword']),
  ]);
  // If the current password is refused, `refused` contains the refusal.
  if (refused !== null || isRefusal(viewer)) return refused!;
  const passwordHash = await passwords.hash(caller, newPassword);
  const key = await keyring.signingKey();

  const session = await em.transactional(async (transaction) => {
    const user = await lockUser(transaction, viewer.id);
    // A concurrent request changed the password first.
    if (user?.passwordHash !== viewer.passwordHash) return refusedCurrentPassword(currentPasswordField);
    await requireSession(transaction, viewerOf(identity));
    const tooMany = await refusedNotice(transaction, user, 'PASSWORD_CHANGED');
    if (tooMany !== null) return tooMany;
    user.passwordHash = passwordHash;
    await transaction.flush();
    await endEverySession(transaction, user.id);
    await endChallenges(transaction, user.id, ['CHANGE_EMAIL', 'RESET_PASSWORD']);
    await noteMail(transaction, outbox, { user, kind: 'PASSWORD_CHANGED', data: {} });
    return await beginSession(transaction, user, { key, rules, caller });
  });
  if (isRefusal(session)) return session;
  outbox.wakeRelay();
  signedIn.add(session.user.id);
  return session;
}
