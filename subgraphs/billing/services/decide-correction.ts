import { sql } from 'kysely';
import type { Acting } from '#platform/audit/acting.ts';
import { refusedOwnAccount } from '#platform/audit/own-account.ts';
import { reasonOf, recordAct } from '#platform/audit/record-act.ts';
import { isRefusal, refuse, type Refusal } from '#platform/errors/refusal.ts';
import { viewerOf } from '#platform/identity/identity.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { now } from '#platform/postgres/expressions.ts';
import { isId } from '#platform/validation/ids.ts';
import type { BillingContext } from '#billing/context.ts';
import { tables } from '#billing/database.ts';
import { checkEffect, type CorrectionRefusal, refusedDecision } from '#billing/domain/correction.ts';
import { type CorrectionView, findCorrection, postCorrection, readCorrections, valuesOf } from './corrections.ts';
import { lockAccounts } from './lock-accounts.ts';

export interface DecideCorrectionRequest {
  readonly correctionId: string;
  readonly reason: string;
}

type Context = BillingContext & Acting;

/**
 * Applies a correction that another operator proposed. The ledger's transaction, the decision and the audit log's entry
 * are one commit. A repeated approval by the same operator returns the applied correction.
 */
export async function approveCorrection(context: Context, request: DecideCorrectionRequest) {
  return await decide(context, request, true);
}

/** Declines a correction that another operator proposed. It can be repeated. */
export async function declineCorrection(context: Context, request: DecideCorrectionRequest) {
  return await decide(context, request, false);
}

const noCorrection = refuse('NOT_FOUND', 'No correction has this id.', ['input', 'correctionId']);

async function decide(
  context: Context,
  { correctionId: id, reason: given }: DecideCorrectionRequest,
  approves: boolean,
) {
  const reason = reasonOf(given);
  if (isRefusal(reason)) return reason;
  if (!isId(id)) return noCorrection;
  return await context.em.transactional(async (em) => {
    const known = await findCorrection(em, id);
    return known === null ? noCorrection : await decideKnown(em, context, known, { approves, reason });
  });
}

interface Decision {
  readonly approves: boolean;
  readonly reason: string;
}

/** Decides under the account's lock, which every decision about the correction takes first. */
async function decideKnown(
  em: Manager,
  { identity, actor, caller }: Context,
  { id, accountId }: CorrectionView,
  { approves, reason }: Decision,
): Promise<CorrectionView | CorrectionRefusal | Refusal<'OWN_ACCOUNT' | 'SAME_OPERATOR' | 'CORRECTION_DECIDED'>> {
  const operatorId = viewerOf(identity).id;
  const locked = await lockAccounts(em, [accountId]);
  const [current] = (await readCorrections(em, sql`where corrections.id = ${id}`)) as [CorrectionView];
  if (current.decidedBy === operatorId && (current.transactionId !== null) === approves) return current;
  const refused =
    refusedOwnAccount(actor, current.customerId, ['input', 'correctionId']) ??
    refusedDecision(current, operatorId, locked.batch.time) ??
    (approves ? checkEffect(locked.batch.account(accountId), current.amountMinor) : null);
  if (refused !== null) return refused;

  const transactionId = approves ? await postCorrection(em, locked, current) : null;
  await tables(em)
    .updateTable('corrections')
    .set({ decidedBy: operatorId, decidedAt: now(), decisionReason: reason, transactionId })
    .where('id', '=', id)
    .execute();
  const decided = (await findCorrection(em, id))!;
  const { customerId } = decided;
  const act = approves ? 'APPROVED_CORRECTION' : 'DECLINED_CORRECTION';
  const entry = { actor, customerId, subject: `correction:${id}`, after: valuesOf(decided), reason, caller };
  await recordAct(em, { ...entry, act });
  return decided;
}
