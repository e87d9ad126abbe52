import type { Manager } from '#platform/postgres/database.ts';
import { now } from '#platform/postgres/expressions.ts';
import { tables } from '#billing/database.ts';
import type { PaymentProvider } from '#billing/provider/port.ts';
import { findPayment } from './start-deposit.ts';

/**
 * Creates a payment at the provider and keeps its id. After a crash between the two, the job runs again, and the provider
 * returns the same payment for the same reference.
 *
 * @throws if the provider does not answer.
 */
export async function createPayment(em: Manager, provider: PaymentProvider, paymentId: string): Promise<void> {
  const payment = await findPayment(em, paymentId);
  if (payment?.state !== 'PENDING' || payment.providerId != null) return;
  const { id: reference, amountMinor, currency } = payment;
  const created = await provider.createPayment({ reference, amountMinor, currency });
  const changes =
    'refusedBecause' in created
      ? { state: 'FAILED' as const, failure: created.refusedBecause, endedAt: now() }
      : { providerId: created.providerId, payUrl: created.payUrl };
  // A webhook can be faster: then the payment has ended already.
  await tables(em)
    .updateTable('provider_payments')
    .set(changes)
    .where('id', '=', paymentId)
    .where('state', '=', 'PENDING')
    .where('providerId', 'is', null)
    .execute();
}
