import type { UserContext } from '#user/context.ts';
import { holdUser } from './find-users.ts';
import { endSession, findFamily } from './sessions.ts';

/** Ends the session that the token belongs to, if there is one and it is not over yet. */
export async function logout({ em }: UserContext, { refreshToken }: { readonly refreshToken: string }): Promise<void> {
  await em.transactional(async (transaction) => {
    const family = await findFamily(transaction, refreshToken);
    if (family === undefined) return;
    await holdUser(transaction, family.userId);
    await endSession(transaction, family);
  });
}
