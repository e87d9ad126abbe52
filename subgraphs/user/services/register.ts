import { randomUUIDv7 } from 'node:crypto';
import { isRefusal } from '#platform/errors/refusal.ts';
import type { UserContext } from '#user/context.ts';
import { draftUser, type Registration } from '#user/domain/person.ts';
import { User } from '#user/entities/user.ts';
import { commonPasswords } from './common-passwords.ts';
import { unlessEmailTaken } from './email-taken.ts';
import { beginSession } from './sessions.ts';
import { userChanged } from './user-outbox.ts';

/** Registers a user, signs them in, and writes outbox entries for billing and notification in the same commit. */
export async function register(context: UserContext, registration: Registration) {
  const { em, caller, passwords, keyring, rules, signedIn, outbox } = context;
  const draft = draftUser(registration, commonPasswords);
  if (isRefusal(draft)) return draft;
  const passwordHash = await passwords.hash(caller, registration.password);
  const key = await keyring.signingKey();

  const registered = await unlessEmailTaken(
    async () =>
      await em.transactional(async (transaction) => {
        const user = transaction.create(User, { id: randomUUIDv7(), ...draft, passwordHash, version: 1 });
        await transaction.flush();
        await outbox.note(transaction, userChanged(user));
        return await beginSession(transaction, user, { key, rules, caller });
      }),
  );
  if (isRefusal(registered)) return registered;
  outbox.wakeRelay();
  signedIn.add(registered.user.id);
  return registered;
}
