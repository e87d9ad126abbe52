import { refuse, together } from '#platform/errors/refusal.ts';
import type { UserContext } from '#user/context.ts';
import { refusedLongEmail } from '#user/domain/email.ts';
import { refusedLongPassword } from '#user/domain/password.ts';
import { beginChallenge } from './complete-login.ts';
import { findUserByEmail, lockUser } from './find-users.ts';
import { hasSecondFactor } from './second-factors.ts';
import { noteNewDevice } from './sign-in-notices.ts';
import { beginSession } from './sessions.ts';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** Begins a session, or a challenge where a second factor is set. It takes as long for an unregistered address as for a registered one. */
export async function login(context: UserContext, { email, password }: Credentials) {
  const { em, caller, passwords, keyring, rules, signedIn, site, outbox } = context;
  const tooLong = together<'INVALID_EMAIL' | 'INVALID_CREDENTIALS'>([
    refusedLongEmail(email),
    refusedLongPassword(password, ['input', 'password']),
  ]);
  if (tooLong !== null) return tooLong;
  const known = await findUserByEmail(em, email);
  const fits = await passwords.fits(caller, password, known?.passwordHash);
  if (known === undefined || !fits) return refusedCredentials();
  const key = await keyring.signingKey();

  const session = await em.transactional(async (transaction) => {
    const user = await lockUser(transaction, known.id);
    // A concurrent request may have changed the password or deleted the user.
    if (user?.passwordHash !== known.passwordHash) return refusedCredentials();
    if (await hasSecondFactor(transaction, user.id))
      return { challenge: await beginChallenge(transaction, user.id, site) };
    await noteNewDevice(transaction, user, context);
    return await beginSession(transaction, user, { key, rules, caller });
  });
  if ('user' in session) {
    signedIn.add(session.user.id);
    outbox.wakeRelay();
  }
  return session;
}

function refusedCredentials() {
  return refuse('INVALID_CREDENTIALS', 'The email address or the password is wrong.');
}
