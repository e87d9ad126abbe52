import type { RawBuilder } from 'kysely';
import { columnsOf, type Manager } from '#platform/postgres/database.ts';
import { now } from '#platform/postgres/expressions.ts';
import { tables } from '#billing/database.ts';
import { deposit } from '#billing/domain/movements.ts';
import type { JournalBatch } from '#billing/domain/ledger.ts';
import { decideReport, type ReportDecision } from '#billing/domain/provider-payment.ts';
import {
  ProviderPayment,
  type ProviderPaymentRow,
  type ProviderPaymentState,
} from '#billing/entities/provider-payment.ts';
import type { PaymentReport } from '#billing/provider/port.ts';
import { lockAccounts } from './lock-accounts.ts';
import { findPayment } from './start-deposit.ts';
import { writeJournalBatch } from './write-journal-batch.ts';

/** What a report of the provider led to. */
export type Applied = 'ENDED' | 'NOTHING_NEW' | 'UNKNOWN' | 'CONTRADICTS' | 'WAITS';

/**
 * Applies what the provider says of a payment: a completed one is deposited, once. The transaction has the payment's id,
 * which is unique, so a report that comes twice, or in two ways at once, moves money once.
 */
export async function applyReport(em: Manager, report: PaymentReport): Promise<Applied> {
  return await em.transactional(async (transaction) => await apply(transaction, report));
}

async function apply(em: Manager, report: PaymentReport): Promise<Applied> {
  const found = await findPayment(em, report.reference);
  if (found === null) return 'UNKNOWN';
  // The account first, as everything that locks both does.
  const { accounts, batch } = await lockAccounts(em, [found.accountId]);
  const payment = (await lockPayment(em, found.id))!;
  return await carryOut(em, payment, batch, decideReport(payment, accounts[0]!, report));
}

async function carryOut(
  em: Manager,
  payment: ProviderPaymentRow,
  batch: JournalBatch,
  decision: ReportDecision,
): Promise<Applied> {
  if (decision.kind === 'nothing') return 'NOTHING_NEW';
  if (decision.kind === 'problem') {
    if (payment.state === 'PENDING') await change(em, payment, { problem: decision.problem });
    return decision.problem === 'ACCOUNT_CANNOT_RECEIVE' ? 'WAITS' : 'CONTRADICTS';
  }
  if (decision.kind === 'fail') {
    await change(em, payment, { state: 'FAILED', failure: decision.failure, endedAt: now() });
    return 'ENDED';
  }
  batch.post(deposit(payment.id, batch.account(payment.accountId), payment.amountMinor));
  await writeJournalBatch(em, batch);
  await change(em, payment, { state: 'COMPLETED', endedAt: now(), problem: null });
  return 'ENDED';
}

async function lockPayment(em: Manager, id: string): Promise<ProviderPaymentRow | undefined> {
  const rows = tables(em).selectFrom('provider_payments').select(columnsOf(ProviderPayment)).where('id', '=', id);
  return await rows.forUpdate().executeTakeFirst();
}

interface Changes {
  readonly state?: ProviderPaymentState;
  readonly endedAt?: RawBuilder<Date>;
  readonly failure?: string;
  readonly problem?: string | null;
}

async function change(em: Manager, { id }: ProviderPaymentRow, changes: Changes): Promise<void> {
  await tables(em).updateTable('provider_payments').set(changes).where('id', '=', id).execute();
}
