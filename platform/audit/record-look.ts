import { badArgument } from '../errors/faults.ts';
import { isRefusal } from '../errors/refusal.ts';
import type { Manager } from '../postgres/database.ts';
import type { Acting } from './acting.ts';
import type { StaffActKind } from './acts.ts';
import { reasonOf, recordAct, type StaffActRecord } from './record-act.ts';

/** What staff looked at, for the audit log. */
export type LookedAt = Pick<StaffActRecord, 'customerId' | 'subject' | 'after'> & {
  readonly act: Extract<StaffActKind, `LOOKED_${string}`>;
};

/**
 * Reads for staff and records the look in the same transaction. The caller gets what was read only after the entry of the
 * audit log is committed.
 *
 * @param reason the argument `reason` of the query.
 * @throws BAD_USER_INPUT for a reason that is too short or too long. Nothing is read or recorded then.
 */
export async function recordLook<Found>(
  { em, actor, caller }: Acting,
  reason: string,
  read: (em: Manager) => Promise<{ readonly found: Found; readonly looked: LookedAt }>,
): Promise<Found> {
  const accepted = readingReason(reason);
  return await em.transactional(async (transaction) => {
    const { found, looked } = await read(transaction);
    await recordAct(transaction, { ...looked, actor, reason: accepted, caller });
    return found;
  });
}

/**
 * Returns the reason of a query without spaces around it.
 *
 * @throws BAD_USER_INPUT
 */
export function readingReason(given: string): string {
  const reason = reasonOf(given, ['reason']);
  if (isRefusal(reason)) throw badArgument(['reason'], `Argument "reason": ${reason.message}`);
  return reason;
}
