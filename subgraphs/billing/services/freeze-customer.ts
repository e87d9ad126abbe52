import { type Acting, staffIdOf } from '#platform/audit/acting.ts';
import { refusedOwnAccount } from '#platform/audit/own-account.ts';
import { reasonOf, recordAct } from '#platform/audit/record-act.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import type { FreezeRow } from '#billing/entities/freeze.ts';
import { freezeAccounts, type FreezeTarget, unfreezeAccounts } from './freeze-accounts.ts';

export interface FreezeRequest {
  readonly customerId: string;
  /** Null for all accounts of the customer. */
  readonly accountId?: string | null | undefined;
  readonly reason: string;
}

/** Freezes a customer or one account. The audit log has the act in the same commit. */
export async function freezeCustomer(acting: Acting, request: FreezeRequest) {
  return await change(acting, request, { by: freezeAccounts, act: 'FROZE' });
}

/** Lifts the freeze of a customer or of one account. The audit log has the act in the same commit. */
export async function unfreezeCustomer(acting: Acting, request: FreezeRequest) {
  return await change(acting, request, { by: unfreezeAccounts, act: 'UNFROZE' });
}

type Change =
  | { readonly by: typeof freezeAccounts; readonly act: 'FROZE' }
  | { readonly by: typeof unfreezeAccounts; readonly act: 'UNFROZE' };

async function change({ em, actor, caller }: Acting, request: FreezeRequest, { by, act }: Change) {
  const reason = reasonOf(request.reason);
  if (isRefusal(reason)) return reason;
  const own = refusedOwnAccount(actor, request.customerId, ['input', 'customerId']);
  if (own !== null) return own;
  const target: FreezeTarget = { customerId: request.customerId, accountId: request.accountId ?? null };
  return await em.transactional(async (transaction) => {
    const changed = await by(transaction, target, { staffId: staffIdOf(actor), reason });
    if (isRefusal(changed)) return changed;
    const { customerId, accountId } = changed;
    const after = { account: accountId ?? 'all', isFrozen: act === 'FROZE' };
    await recordAct(transaction, { actor, act, customerId, subject: freezeSubject(changed), after, reason, caller });
    return changed;
  });
}

/** How the audit log names a freeze. */
const freezeSubject = ({ id }: Pick<FreezeRow, 'id'>) => `freeze:${id}`;
