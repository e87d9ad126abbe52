import { randomUUIDv7 } from 'node:crypto';
import { columnsOf, type Manager } from '#platform/postgres/database.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import type { UserContext } from '#user/context.ts';
import { tables } from '#user/database.ts';
import { draftUser, type ProfileDraft, type Registration } from '#user/domain/person.ts';
import { User, type UserRow } from '#user/entities/user.ts';
import { commonPasswords } from './common-passwords.ts';
import { unlessEmailTaken } from './email-taken.ts';
import { giveSession } from './sessions.ts';
import { userChanged } from './user-outbox.ts';

/** Makes a user, signed in, and notes in the same commit that billing and notification must learn of them. */
export async function register(context: UserContext, registration: Registration) {
  const { em, caller, passwords, keyring, rules, signedIn, outbox } = context;
  const draft = draftUser(registration, commonPasswords);
  if (isRefusal(draft)) return draft;
  const passwordHash = await passwords.hash(caller, registration.password);
  const key = await keyring.signingKey();

  const registered = await unlessEmailTaken(
    async () =>
      await em.transactional(async (transaction) => {
        const user = await insertUser(transaction, draft, passwordHash);
        await outbox.note(transaction, userChanged(user));
        return await giveSession(transaction, user, key, rules);
      }),
  );
  if (isRefusal(registered)) return registered;
  outbox.wakeRelay();
  signedIn.add(registered.user.id);
  return registered;
}

async function insertUser(em: Manager, draft: ProfileDraft, passwordHash: string): Promise<UserRow> {
  return await tables(em)
    .insertInto('users')
    .values({ id: randomUUIDv7(), ...draft, passwordHash, version: 1 })
    .returning(columnsOf(User))
    .executeTakeFirstOrThrow();
}
