import { randomUUIDv7 } from 'node:crypto';
import { type Acting, staffIdOf } from '#platform/audit/acting.ts';
import { reasonOf, recordAct } from '#platform/audit/record-act.ts';
import { isRefusal, refuse, type Refusal } from '#platform/errors/refusal.ts';
import { columnsOf, type NewValues } from '#platform/postgres/database.ts';
import { now } from '#platform/postgres/expressions.ts';
import { tables } from '#billing/database.ts';
import { Verification, type VerificationRow } from '#billing/entities/verification.ts';

export interface VerificationRequest {
  readonly reason: string;
}

type WrittenLater = 'requestedAt' | 'startedAt' | 'expiresAt' | 'endedAt' | 'findings' | 'firstRows' | 'failure';

/**
 * Requests a run of `verify`. A runner begins it within seconds; on Kubernetes, within five minutes (docs/verify.md). The audit log has the act in the same
 * commit. A run whose runner died does not stand in the way.
 */
export async function requestVerification(
  { em, actor, caller }: Acting,
  request: VerificationRequest,
): Promise<VerificationRow | Refusal<'INVALID_REASON' | 'VERIFICATION_PENDING'>> {
  const reason = reasonOf(request.reason);
  if (isRefusal(reason)) return reason;
  return await em.transactional(async (transaction) => {
    const verifications = tables(transaction);
    await verifications
      .updateTable('verifications')
      .set({ endedAt: now() })
      .where('endedAt', 'is', null)
      .where('expiresAt', '<=', now())
      .execute();
    const row = { id: randomUUIDv7(), requestedBy: staffIdOf(actor), reason };
    const requested = await verifications
      .insertInto('verifications')
      .values(row satisfies NewValues<typeof Verification, WrittenLater>)
      .onConflict((conflict) => conflict.doNothing())
      .returning(columnsOf(Verification))
      .executeTakeFirst();
    if (requested === undefined) {
      return refuse('VERIFICATION_PENDING', 'A run is requested or running already. Wait for its result.', ['input']);
    }
    const subject = `verification:${requested.id}`;
    await recordAct(transaction, { actor, act: 'REQUESTED_VERIFICATION', customerId: null, subject, reason, caller });
    return requested;
  });
}
