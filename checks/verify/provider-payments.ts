import { compare } from './finding.ts';
import type { Report } from './report.ts';
import { amount, orNull, rowParser, text } from './row-parser.ts';
import type { Snapshot } from './snapshot.ts';

/** A deposit through the provider, with the transaction of its id. */
interface ProviderPayment {
  readonly id: string;
  readonly state: string;
  readonly customerId: string;
  readonly accountId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly transactionId: string | null;
  readonly toCustomerId: string | null;
  readonly toAccountId: string | null;
  readonly movedCurrency: string | null;
  readonly movedMinor: bigint | null;
}

const parsePayment = rowParser<ProviderPayment>('billing.provider_payments', {
  id: text,
  state: text,
  customerId: text,
  accountId: text,
  currency: text,
  amountMinor: amount,
  transactionId: orNull(text),
  toCustomerId: orNull(text),
  toAccountId: orNull(text),
  movedCurrency: orNull(text),
  movedMinor: orNull(amount),
});

/** Checks that each completed deposit through the provider, and no other, has its transaction. */
export async function verifyProviderPayments(billing: Snapshot, report: Report): Promise<void> {
  const payments = await billing.stream(
    parsePayment,
    `
    select provider_payments.id, state, customer_id as "customerId", account_id as "accountId",
      provider_payments.currency, provider_payments.amount_minor as "amountMinor", transactions.id as "transactionId",
      to_customer_id as "toCustomerId", to_account_id as "toAccountId", transactions.currency as "movedCurrency",
      transactions.amount_minor as "movedMinor"
    from provider_payments left join transactions on transactions.id = provider_payments.id and kind = 'DEPOSIT'`,
  );
  for (let payment = payments.head; payment !== undefined; payment = payments.head) {
    report.checked('billing.provider_payments');
    const { id, state, transactionId } = payment;
    const isCompleted = state === 'COMPLETED';
    const moved = isCompleted
      ? compare('billing.provider_payments', id, {
          customer: [payment.toCustomerId, payment.customerId],
          account: [payment.toAccountId, payment.accountId],
          currency: [payment.movedCurrency, payment.currency],
          amount: [payment.movedMinor, payment.amountMinor],
        })
      : [];
    report.found([
      ...compare('billing.provider_payments', id, { transaction: [isCompleted ? id : null, transactionId] }),
      ...moved,
    ]);
    await payments.advance();
  }
}
