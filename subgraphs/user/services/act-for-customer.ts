import type { Acting } from '#platform/audit/acting.ts';
import { refusedOwnAccount } from '#platform/audit/own-account.ts';
import { reasonOf, recordAct, type StaffActRecord } from '#platform/audit/record-act.ts';
import { isRefusal, refuse, type Refusal } from '#platform/errors/refusal.ts';
import { viewerOf } from '#platform/identity/identity.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { isId } from '#platform/validation/ids.ts';
import type { UserContext } from '#user/context.ts';
import type { UserRow } from '#user/entities/user.ts';
import { lockUser } from './find-users.ts';
import { requireSession } from './own-session.ts';

export interface ActRequest {
  readonly customerId: string;
  readonly reason: string;
}

export interface ActedFor {
  readonly customerId: string;
}

/** What an act writes, in the transaction of its entry in the audit log. */
export interface ActInProgress {
  readonly em: Manager;
  /** The customer, locked. */
  readonly user: UserRow;
  readonly reason: string;
  /** Adds the entry of the audit log. It is the last statement of the act. */
  readonly record: (act: Pick<StaffActRecord, 'act' | 'before' | 'after'>) => Promise<unknown>;
}

export type ActRefusal = Refusal<'INVALID_REASON' | 'OWN_ACCOUNT' | 'NOT_FOUND'>;

/**
 * Acts for a customer in one transaction, with its entry in the audit log, and then dispatches its messages.
 *
 * @param work writes the effect and then the entry, or refuses before it writes anything.
 * @throws UNAUTHENTICATED where the operator's session has ended.
 */
export async function actForCustomer<Refused extends Refusal<string>>(
  { em, identity, outbox, actor, caller }: UserContext & Acting,
  { customerId, reason: given }: ActRequest,
  work: (act: ActInProgress) => Promise<Refused | null>,
): Promise<ActedFor | ActRefusal | Refused> {
  const reason = reasonOf(given);
  if (isRefusal(reason)) return reason;
  const own = refusedOwnAccount(actor, customerId, ['input', 'customerId']);
  if (own !== null) return own;
  const done = await em.transactional(async (transaction) => {
    await requireSession(transaction, viewerOf(identity));
    const user = isId(customerId) ? await lockUser(transaction, customerId) : null;
    if (user === null) return refuse('NOT_FOUND', 'No customer has this id.', ['input', 'customerId']);
    const subject = `customer:${user.id}`;
    const record: ActInProgress['record'] = async (act) =>
      await recordAct(transaction, { ...act, actor, customerId: user.id, subject, reason, caller });
    return (await work({ em: transaction, user, reason, record })) ?? { customerId: user.id };
  });
  if (!isRefusal(done)) outbox.wakeRelay();
  return done;
}
