import { isRefusal, type Refusal } from '#platform/errors/refusal.ts';
import type { UserContext } from '#user/context.ts';
import { lockUser } from './find-users.ts';
import {
  endSession,
  findFamily,
  giveSession,
  isTooLongForToken,
  refusedToken,
  type Session,
  useRefreshToken,
} from './sessions.ts';

/** Exchanges a refresh token for the next pair of tokens. A second use of a token ends the session. */
export async function refreshToken(context: UserContext, input: { readonly refreshToken: string }) {
  if (isTooLongForToken(input.refreshToken)) return refusedToken();
  const { em, keyring, rules, signedIn } = context;
  const key = await keyring.signingKey();

  const session = await em.transactional(async (transaction): Promise<Session | Refusal<'INVALID_TOKEN'>> => {
    const family = await findFamily(transaction, input.refreshToken);
    const user = family === null ? null : await lockUser(transaction, family.userId);
    if (family === null || user === null) return refusedToken();
    if (await useRefreshToken(transaction, input.refreshToken)) {
      return await giveSession(transaction, user, key, rules, family.familyId);
    }
    await endSession(transaction, family);
    return refusedToken();
  });
  if (!isRefusal(session)) signedIn.add(session.user.id);
  return session;
}
