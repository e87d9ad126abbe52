import type { Manager } from '#platform/postgres/database.ts';
import { unauthenticated } from '#platform/errors/faults.ts';
import { isRefusal, refuse, type Refusal } from '#platform/errors/refusal.ts';
import type { Identity, Viewer } from '#platform/identity/identity.ts';
import type { UserContext } from '#user/context.ts';
import type { ChallengeRow } from '#user/entities/email-challenge.ts';
import type { UserRow } from '#user/entities/user.ts';
import { revokeEveryClient } from './api-clients.ts';
import { changeEmail, markProved } from './change-email.ts';
import { findByCode, findByToken, refusedLink, takeChallenge } from './challenges.ts';
import { unlessEmailTaken } from './email-taken.ts';
import { lockUser } from './find-users.ts';
import { applyRestoredEmail } from './restore-email.ts';
import { findOpenSession, lockViewer } from './own-session.ts';
import { hasSecondFactor, removeFactors } from './second-factors.ts';
import { noteFactorChange } from './sign-in-notices.ts';

/** The token of the link, or the code, which needs the access token of its customer. */
export interface EmailProof {
  readonly token?: string | null | undefined;
  readonly code?: string | null | undefined;
}

export interface ProvedEmail {
  readonly email: string;
}

type ProofRefusal = Refusal<'INVALID_TOKEN' | 'INVALID_CODE' | 'TOO_MANY_ATTEMPTS' | 'EMAIL_TAKEN'>;

const purposes = ['PROVE_EMAIL', 'CHANGE_EMAIL', 'RESTORE_EMAIL'] as const;

/** Proves the current address, or gives the customer the new address that the link or the code was sent to. */
export async function proveEmail(context: UserContext, proof: EmailProof): Promise<ProvedEmail | ProofRefusal> {
  const { em, identity, outbox } = context;
  const find = finderOf(proof, identity);
  if (isRefusal(find)) return find;
  const proved = await unlessEmailTaken(
    async () =>
      await em.transactional(async (transaction): Promise<ProvedEmail | ProofRefusal> => {
        const found = await find(transaction);
        return isRefusal(found) ? found : await apply(transaction, context, found);
      }),
    null,
  );
  if (!isRefusal(proved)) outbox.wakeRelay();
  return proved;
}

interface Found {
  readonly user: UserRow;
  readonly challenge: ChallengeRow;
}

type Finder = (em: Manager) => Promise<Found | ProofRefusal>;

/** @throws UNAUTHENTICATED for a code without a viewer. */
function finderOf({ token, code }: EmailProof, identity: Identity): Finder | Refusal<'INVALID_TOKEN'> {
  if ((token == null) === (code == null)) {
    return refuse('INVALID_TOKEN', 'Enter either the token of the link or the code.', ['input', 'token']);
  }
  if (token != null) return async (em) => await byToken(em, token);
  if (identity.token !== 'valid') throw unauthenticated();
  const { viewer } = identity;
  return async (em) => await byCode(em, viewer, code!);
}

async function byToken(em: Manager, token: string): Promise<Found | ProofRefusal> {
  const found = await findByToken(em, token, purposes);
  const user = found === null ? null : await lockUser(em, found.userId);
  return found === null || user === null ? refusedLink() : { user, challenge: found };
}

async function byCode(em: Manager, viewer: Viewer, code: string): Promise<Found | ProofRefusal> {
  const user = await lockViewer(em, viewer);
  const challenge = await findByCode(em, user.id, code, purposes);
  return isRefusal(challenge) ? challenge : { user, challenge };
}

async function apply(
  em: Manager,
  context: UserContext,
  { user, challenge }: Found,
): Promise<ProvedEmail | ProofRefusal> {
  const { purpose, email, emailKey } = challenge;
  const isCurrent = purpose === 'PROVE_EMAIL';
  // The customer may have another address since then.
  if (isCurrent && emailKey !== user.emailKey) return refusedLink();
  if (!(await takeChallenge(em, challenge.id))) return refusedLink();
  const isFirstProof = user.emailProvedAt == null;
  if (purpose === 'RESTORE_EMAIL') await applyRestoredEmail(em, context, user, { email, emailKey });
  else if (!isCurrent) await changeEmail(em, context, user, { email, emailKey });
  else if (isFirstProof) await markProved(em, context, user);
  if (isFirstProof && !(await isOwnSession(em, context.identity, user))) await removeForeignFactors(em, context, user);
  return { email: user.email };
}

async function isOwnSession(em: Manager, identity: Identity, user: UserRow): Promise<boolean> {
  if (identity.token !== 'valid' || identity.viewer.id !== user.id) return false;
  return (await findOpenSession(em, identity.viewer)) !== null;
}

/**
 * A stranger who registered the address may have set factors, which would keep the owner of the address out, and created
 * API clients, which would keep the stranger in.
 */
async function removeForeignFactors(em: Manager, context: UserContext, user: UserRow): Promise<void> {
  await revokeEveryClient(em, user.id);
  if (!(await hasSecondFactor(em, user.id))) return;
  await removeFactors(em, user.id);
  await noteFactorChange(em, user, 'FACTORS_REMOVED', context);
}
