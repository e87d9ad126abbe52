import type { Refusal } from '#platform/errors/refusal.ts';
import type { UserContext } from '#user/context.ts';
import { lockUser } from './find-users.ts';
import { endSession, findFamily, isTooLongForToken, refusedToken } from './sessions.ts';

/** Ends the session that the token belongs to. A token without a session, or with one that is over, is no error. */
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
