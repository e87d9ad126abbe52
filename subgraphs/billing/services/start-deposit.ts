import { randomUUIDv7 } from 'node:crypto';
import { viewerOf } from '#platform/identity/identity.ts';
import { isRefusal, refuse, type Refusal } from '#platform/errors/refusal.ts';
import { columnsOf, type Manager, type NewValues } from '#platform/postgres/database.ts';
import { type KeyedRequest, once, rememberKeys } from '#platform/postgres/idempotency.ts';
import { isId } from '#platform/validation/ids.ts';
import type { BillingContext } from '#billing/context.ts';
import { tables } from '#billing/database.ts';
import { fundingClosed } from '#billing/domain/funding.ts';
import { type AccountRefusal, checkMovable, checkRoom, refusedLongName } from '#billing/domain/own-account.ts';
import { ProviderPayment, type ProviderPaymentRow } from '#billing/entities/provider-payment.ts';
import type { AccountMovementRequest } from './deposit.ts';
import { lockAccounts } from './lock-accounts.ts';

/** A customer can have so many deposits that the provider has not ended. */
export const mostPending = 10;

type StartRefusal = AccountRefusal | Refusal<'INVALID_AMOUNT' | 'TOO_MANY_PENDING_DEPOSITS'>;
type WrittenLater = 'state' | 'requestedAt' | 'askedAt' | 'providerId' | 'payUrl' | 'endedAt' | 'failure' | 'problem';

/**
 * Starts a deposit through the payment provider. The payment, its key and its outbox row are one commit; a job then calls
 * the provider. No money moves before the provider says that the customer paid.
 */
export async function startDeposit(context: BillingContext, input: AccountMovementRequest) {
  const { em, identity, funding, outbox } = context;
  const { idempotencyKey: key, ...content } = input;
  if (funding !== 'provider') return fundingClosed;
  const tooLong = refusedLongName(content.accountId, 'accountId');
  if (tooLong !== null) return tooLong;
  const request = { customerId: viewerOf(identity).id, mutation: 'startDeposit', key, input: content };
  const started = await once(
    em,
    request,
    async (id) => (await findPayment(em, id))!,
    async () => await em.transactional(async (transaction) => await start(transaction, context, request, content)),
  );
  if (!isRefusal(started)) outbox.wakeRelay();
  return started;
}

/** Under the lock of the account: a closing sees the payment, or the payment sees that the account is closed. */
async function start(
  em: Manager,
  { outbox }: BillingContext,
  request: KeyedRequest,
  { accountId, amount }: Omit<AccountMovementRequest, 'idempotencyKey'>,
): Promise<ProviderPaymentRow | StartRefusal> {
  const { customerId } = request;
  const { accounts } = await lockAccounts(em, [accountId]);
  const checked = checkMovable(accounts[0], customerId, amount, 'accountId');
  if (isRefusal(checked)) return checked;
  const { account, amountMinor } = checked;
  const noRoom = checkRoom(account, amountMinor);
  if (noRoom !== null) return noRoom;
  const pending = await pendingPayments(em, customerId);
  if (pending >= mostPending) {
    return refuse('TOO_MANY_PENDING_DEPOSITS', `You have ${pending} deposits to pay. Pay one of them, or wait.`);
  }
  const row = { id: randomUUIDv7(), customerId, accountId: account.id, amountMinor, currency: account.currency };
  await tables(em)
    .insertInto('provider_payments')
    .values(row satisfies NewValues<typeof ProviderPayment, WrittenLater>)
    .execute();
  await rememberKeys(em, [{ request, resultId: row.id }]);
  await outbox.note(em, [{ kind: 'payment-started', payload: { paymentId: row.id } }]);
  return (await findPayment(em, row.id))!;
}

export async function findPayment(em: Manager, id: string): Promise<ProviderPaymentRow | null> {
  if (!isId(id)) return null;
  const found = tables(em).selectFrom('provider_payments').select(columnsOf(ProviderPayment)).where('id', '=', id);
  return (await found.executeTakeFirst()) ?? null;
}

/** The number of a customer's payments that the provider has not ended, at most one more than are allowed. */
export async function pendingPayments(em: Manager, customerId: string): Promise<number> {
  const rows = await tables(em)
    .selectFrom('provider_payments')
    .select('id')
    .where('customerId', '=', customerId)
    .where('state', '=', 'PENDING')
    .limit(mostPending + 1)
    .execute();
  return rows.length;
}
