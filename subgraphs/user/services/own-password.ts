import { unauthenticated } from '#platform/errors/faults.ts';
import { viewerOf } from '#platform/identity/identity.ts';
import { refuse, type Refusal } from '#platform/errors/refusal.ts';
import type { UserContext } from '#user/context.ts';
import type { UserRow } from '#user/entities/user.ts';
import { refusedLongPassword } from '#user/domain/password.ts';
import { findUsers } from './find-users.ts';

/**
 * Returns the viewer after checking their password.
 *
 * @param field the path to the password in the arguments.
 * @throws UNAUTHENTICATED if the viewer has been deleted.
 */
export async function viewerByPassword(
  { em, identity, caller, passwords }: UserContext,
  password: string,
  field: readonly string[],
): Promise<UserRow | Refusal<'INVALID_CREDENTIALS'>> {
  const tooLong = refusedLongPassword(password, field);
  if (tooLong !== null) return tooLong;
  const [user] = await findUsers(em, [viewerOf(identity).id]);
  if (user === undefined) throw unauthenticated();
  return (await passwords.fits(caller, password, user.passwordHash)) ? user : refusedCurrentPassword(field);
}

export function refusedCurrentPassword(field: readonly string[]): Refusal<'INVALID_CREDENTIALS'> {
  return refuse('INVALID_CREDENTIALS', 'The password is wrong.', field);
}
