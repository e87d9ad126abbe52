import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Acting } from '#platform/audit/acting.ts';
import { refusedOwnAccount } from '#platform/audit/own-account.ts';
import { reasonOf, recordAct } from '#platform/audit/record-act.ts';
import { isRefusal, type Refusal } from '#platform/errors/refusal.ts';
import { viewerOf } from '#platform/identity/identity.ts';
import { currencies } from '#platform/money/currency.ts';
import { type KeyedRequest, once, rememberKeys } from '#platform/postgres/idempotency.ts';
import type { Manager, NewValues } from '#platform/postgres/database.ts';
import { secondsFromNow } from '#platform/postgres/expressions.ts';
import { readRow, readRows, type RowSchema } from '#platform/postgres/read-rows.ts';
import { isId } from '#platform/validation/ids.ts';
import type { BillingContext } from '#billing/context.ts';
import { tables } from '#billing/database.ts';
import {
  type AmountOf,
  checkCorrection,
  type CorrectionRefusal,
  type CorrectionRequest,
  needsApproval,
  refusedReference,
  refusedReversal,
} from '#billing/domain/correction.ts';
import type { LockedAccount } from '#billing/domain/ledger.ts';
import type { Correction } from '#billing/entities/correction.ts';
import { type CorrectionView, findCorrection, postCorrection, valuesOf } from './corrections.ts';
import { findMade } from './find-transactions.ts';
import { lockAccounts, type LockedAccounts } from './lock-accounts.ts';

export interface ProposeCorrectionRequest extends CorrectionRequest {
  readonly reason: string;
  /** A transaction whose whole effect on the account the correction reverses. */
  readonly reversesTransactionId?: string | null | undefined;
  readonly idempotencyKey: string;
}

type Proposal = Omit<ProposeCorrectionRequest, 'idempotencyKey'>;
type Context = BillingContext & Acting;

/** A correction that is not decided in this time expires. */
const proposedForS = 7 * 86_400;

/**
 * Corrects the balance of an account: at once below the amount that needs approval, otherwise when another operator has
 * approved. The ledger's transaction, the correction and the audit log's entry are one commit.
 */
export async function proposeCorrection(context: Context, { idempotencyKey: key, ...input }: ProposeCorrectionRequest) {
  const { em, identity } = context;
  const reason = reasonOf(input.reason);
  if (isRefusal(reason)) return reason;
  const refused = refusedReference(input);
  if (refused !== null) return refused;
  const proposal = { ...input, reason };
  const request = { customerId: viewerOf(identity).id, mutation: 'proposeCorrection', key, input: proposal };
  return await once(
    em,
    request,
    async (id) => (await findCorrection(em, id))!,
    async () => await em.transactional(async (transaction) => await propose(transaction, context, request, proposal)),
  );
}

async function propose(
  em: Manager,
  context: Context,
  request: KeyedRequest,
  proposal: Proposal,
): Promise<CorrectionView | CorrectionRefusal | Refusal<'OWN_ACCOUNT'>> {
  const operatorId = request.customerId;
  await lockOperator(em, operatorId);
  const locked = await lockAccounts(em, [proposal.accountId].filter(isId));
  const [account] = locked.accounts;
  const own = refusedOwnAccount(context.actor, account?.customerId, ['input', 'accountId']);
  if (own !== null) return own;
  const amountMinor = checkCorrection(account, proposal);
  if (isRefusal(amountMinor)) return amountMinor;
  const refused = await refusedReversalOf(em, proposal, account!, amountMinor);
  if (refused !== null) return refused;

  const amount = { currency: account!.currency, minor: amountMinor < 0n ? -amountMinor : amountMinor };
  const isProposed = needsApproval([...(await correctedAlone(em, operatorId)), amount], {
    rates: context.rates,
    fromMinor: context.correctionApprovalFromMinor,
  });
  const id = await write(em, locked, { ...proposal, operatorId, amountMinor, isProposed });
  await rememberKeys(em, [{ request, resultId: id }]);
  const made = (await findCorrection(em, id))!;
  const { actor, caller } = context;
  const { customerId, reason } = made;
  const entry = { actor, customerId, subject: `correction:${id}`, after: valuesOf(made), reason, caller };
  await recordAct(em, { ...entry, act: 'PROPOSED_CORRECTION' });
  return made;
}

/** The corrections of one operator are decided in turn, since their amounts count together. */
async function lockOperator(em: Manager, operatorId: string): Promise<void> {
  const name = `corrections of ${operatorId}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(em.getKysely());
}

interface NewCorrection extends Proposal {
  readonly operatorId: string;
  readonly amountMinor: bigint;
  readonly isProposed: boolean;
}

/** The columns that are filled when the correction is decided, and by the database. */
type FilledLater = 'proposedAt' | 'decidedBy' | 'decidedAt' | 'decisionReason';

/** Returns the new correction's id. */
async function write(em: Manager, locked: LockedAccounts, correction: NewCorrection): Promise<string> {
  const { reference, reason, operatorId, amountMinor, isProposed, reversesTransactionId } = correction;
  const [{ id: accountId }] = locked.accounts as readonly [LockedAccount];
  const content = { id: randomUUIDv7(), accountId, amountMinor, reference };
  const row = {
    ...content,
    reason,
    reversesTransactionId: reversesTransactionId ?? null,
    needsApproval: isProposed,
    proposedBy: operatorId,
    expiresAt: secondsFromNow(proposedForS),
    transactionId: isProposed ? null : await postCorrection(em, locked, content),
  } satisfies NewValues<typeof Correction, FilledLater>;
  await tables(em).insertInto('corrections').values(row).execute();
  return content.id;
}

async function refusedReversalOf(
  em: Manager,
  { reversesTransactionId: id }: Proposal,
  account: LockedAccount,
  amountMinor: bigint,
) {
  if (id == null) return null;
  const transaction = isId(id) ? (await findMade(em, [id])).get(id.toLowerCase()) : undefined;
  return refusedReversal(transaction, account, amountMinor, isId(id) && (await isReversed(em, id, account.id)));
}

async function isReversed(em: Manager, transactionId: string, accountId: string): Promise<boolean> {
  const statement = sql`
    select exists (
      select from corrections
      where account_id = ${accountId} and reverses_transaction_id = ${transactionId}
        and (transaction_id is not null or (decided_at is null and expires_at > now()))) as reversed`;
  return (await readRow(em, z.object({ reversed: z.boolean() }), statement)).reversed;
}

/** What the operator corrected without approval in the last day. */
async function correctedAlone(em: Manager, operatorId: string): Promise<AmountOf[]> {
  const statement = sql`
    select currency, sum(abs(amount_minor))::bigint as minor
    from corrections join accounts on accounts.id = account_id
    where proposed_by = ${operatorId} and proposed_at > now() - interval '1 day' and not needs_approval
    group by currency`;
  return await readRows(em, amountOf, statement);
}

const amountOf = z.object({ currency: z.enum(currencies), minor: z.bigint() }) satisfies RowSchema<AmountOf>;
