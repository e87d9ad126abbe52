import type { Refusal } from '#platform/errors/refusal.ts';
import type { UserContext } from '#user/context.ts';
import { lockUser } from './find-users.ts';
import { endSession, findFamily, isTooLongForToken, refusedToken } from './sessions.ts';

/** Ends the session of the token. A token whose session is unknown or has ended is not an error. */
export async function logout(
  { em }: UserContext,
  { refreshToken }: { readonly refreshToken: string },
): Promise<Refusal<'INVALID_TOKEN'> | null> {
  if (isTooLongForToken(refreshToken)) return refusedToken();
  await em.transactional(async (transaction) => {
    const family = await findFamily(transaction, refreshToken);
    if (family === null) return;
    await lockUser(transaction, family.userId);
    await endSession(transaction, family);
  });
  return null;
}
