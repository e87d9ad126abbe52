import { randomUUIDv7 } from 'node:crypto';
import { isRefusal } from '#platform/errors/refusal.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { now } from '#platform/process/clock.ts';
import type { UserContext } from '#user/context.ts';
import { draftUser, type Registration } from '#user/domain/person.ts';
import { User, type UserRow } from '#user/entities/user.ts';
import { commonPasswords } from './common-passwords.ts';
import { sendProof } from './email-proofs.ts';
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
        const emailProvedAt = rules.EMAIL_VERIFICATION === 'on' ? null : now();
        const row = { id: randomUUIDv7(), ...draft, emailProvedAt, passwordHash, version: 1 };
        const user = transaction.create(User, row);
        await transaction.flush();
        await outbox.note(transaction, userChanged(user));
        if (emailProvedAt === null) await sendFirstProof(transaction, context, user);
        return await beginSession(transaction, user, { key, rules, caller });
      }),
  );
  if (isRefusal(registered)) return registered;
  outbox.wakeRelay();
  signedIn.add(registered.user.id);
  return registered;
}

/** Beyond the limits no message goes out: the customer can request one later. */
async function sendFirstProof(em: Manager, context: UserContext, { id: userId, email, emailKey }: UserRow) {
  const { sender } = context.caller;
  const refused = await sendProof(em, context, { userId, purpose: 'PROVE_EMAIL', email, emailKey, sender });
  if (refused !== null) context.log.info({ userId }, 'no proof of the email address was sent: the limit is reached');
}
