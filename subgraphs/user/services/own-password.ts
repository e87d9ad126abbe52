import { unauthenticated } from '#platform/errors/faults.ts';
import { viewerOf } from '#platform/identity/identity.ts';
import { isRefusal, refuse, type Refusal } from '#platform/errors/refusal.ts';
import type { UserContext } from '#user/context.ts';
import type { UserRow } from '#user/entities/user.ts';
import { refusedLongPassword } from '#user/domain/password.ts';
import { findUsers } from './find-users.ts';
import { countTry, forgetTries } from './identity-tries.ts';

export type PasswordRefusal = Refusal<'INVALID_CREDENTIALS' | 'TOO_MANY_ATTEMPTS'>;

/**
 * Returns the viewer after checking their password. The check counts as a try, until the caller forgets the tries.
 *
 * @param field the path to the password in the arguments.
 * @throws UNAUTHENTICATED if the viewer has been deleted.
 */
export async function viewerByPassword(
  { em, identity, caller, passwords }: UserContext,
  password: string,
  field: readonly string[],
): Promise<UserRow | PasswordRefusal> {
  const tooLong = refusedLongPassword(password, field);
  if (tooLong !== null) return tooLong;
  const [user] = await findUsers(em, [viewerOf(identity).id]);
  if (user === undefined) throw unauthenticated();
  const tooMany = await countTry(em, user.id);
  if (tooMany !== null) return tooMany;
  return (await passwords.fits(caller, password, user.passwordHash)) ? user : refusedCurrentPassword(field);
}

/** The same where the password is enough: a right one forgets the tries. Require a confirmation of a factor before. */
export async function viewerByPasswordAlone(
  context: UserContext,
  password: string,
  field: readonly string[],
): Promise<UserRow | PasswordRefusal> {
  const viewer = await viewerByPassword(context, password, field);
  if (!isRefusal(viewer)) await forgetTries(context.em, viewer.id);
  return viewer;
}

export function refusedCurrentPassword(field: readonly string[]): Refusal<'INVALID_CREDENTIALS'> {
  return refuse('INVALID_CREDENTIALS', 'The password is wrong.', field);
}
