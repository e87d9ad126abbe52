import { isRefusal, type Refusal } from '#platform/errors/refusal.ts';
import type { UserContext } from '#user/context.ts';
import { lockUser } from './find-users.ts';
import {
  continueSession,
  endSession,
  findFamily,
  isTooLongForToken,
  refusedToken,
  type OpenSession,
  useRefreshToken,
} from './sessions.ts';
import { isStaffSessionOver } from './staff-sessions.ts';

/** Exchanges a refresh token for the next pair of tokens. A second use of a token ends the session. */
export async function refreshToken(context: UserContext, input: { readonly refreshToken: string }) {
  if (isTooLongForToken(input.refreshToken)) return refusedToken();
  const { em, caller, keyring, rules, signedIn } = context;
  const key = await keyring.signingKey();

  const session = await em.transactional(async (transaction): Promise<OpenSession | Refusal<'INVALID_TOKEN'>> => {
    const family = await findFamily(transaction, input.refreshToken);
    const user = family === null ? null : await lockUser(transaction, family.userId);
    if (family === null || user === null) return refusedToken();
    const isOver = await isStaffSessionOver(transaction, family, rules);
    if (!isOver && (await useRefreshToken(transaction, input.refreshToken))) {
      return await continueSession(transaction, user, family, { key, rules, caller });
    }
    await endSession(transaction, family);
    return refusedToken();
  });
  if (!isRefusal(session)) signedIn.add(session.user.id);
  return session;
}
