import { sql } from 'kysely';
import { z } from 'zod';
import { attemptWindowsS } from '#platform/errors/attempt-windows.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { readRows } from '#platform/postgres/read-rows.ts';
import { type Refusal, refuseUntil } from '#platform/errors/refusal.ts';
import { IdentityTries } from '#user/entities/identity-tries.ts';

/** The most wrong passwords and codes of one user within the window. A signed-in thief has no more guesses. */
export const mostIdentityTries = 10;
const windowS = attemptWindowsS.identity;

const tried = z.object({ tries: z.number(), leftS: z.number() });

/**
 * Counts a try before its password or code is checked, so that concurrent tries do not exceed the bound. It commits on
 * its own: call it outside the transaction that the try may roll back.
 *
 * @returns a refusal once the bound is reached, also for the right code, until the window has passed.
 */
export async function countTry(em: Manager, userId: string): Promise<Refusal<'TOO_MANY_ATTEMPTS'> | null> {
  const statement = sql`
    insert into identity_tries as known (user_id, tries)
    select id, 1 from users where id = ${userId} for key share
    on conflict (user_id) do update set
      tries = case when known.first_at < now() - make_interval(secs => ${windowS}) then 1
        else least(known.tries + 1, ${mostIdentityTries + 1}) end,
      first_at = case when known.first_at < now() - make_interval(secs => ${windowS}) then now() else known.first_at end
    returning tries, ceil(extract(epoch from first_at + make_interval(secs => ${windowS}) - now()))::integer as "leftS"`;
  const [known] = await readRows(em, tried, statement);
  // A deleted user has nothing to guess.
  if (known === undefined || known.tries <= mostIdentityTries) return null;
  return refuseUntil('TOO_MANY_ATTEMPTS', 'Too many wrong passwords or codes.', known.leftS);
}

/** To be called where the password and the factor were right. */
export async function forgetTries(em: Manager, userId: string): Promise<void> {
  await em.nativeDelete(IdentityTries, { userId });
}
