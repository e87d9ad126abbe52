import { insertRows } from '#platform/postgres/batch-rows.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { anyOf } from '#platform/postgres/expressions.ts';
import { tables } from '#billing/database.ts';
import { ConsentBook, monthOf, type NewShopPayment, type ShopDue } from '#billing/domain/shop-consent.ts';
import { ShopPayment } from '#billing/entities/shop-payment.ts';

/**
 * Reads the consents of shops' orders and what was debited with them. Call it after the lock of the customers' accounts:
 * a consent is withdrawn, and a payment counted, only while its account is locked.
 *
 * @param from the earliest time of the payments.
 */
export async function openConsents(em: Manager, dues: readonly ShopDue[], from: Date): Promise<ConsentBook> {
  const ids = [...new Set(dues.flatMap(({ consentId }) => consentId ?? []))];
  if (ids.length === 0) return new ConsentBook();
  const consents = await tables(em)
    .selectFrom('shop_consents')
    .select([
      'id',
      'customerId',
      'shopId',
      'currency',
      'orderLimitMinor',
      'monthLimitMinor',
      'expiresAt',
      'withdrawnAt',
    ])
    .where('id', '=', anyOf(ids, 'uuid'))
    .execute();
  const spendings = await tables(em)
    .selectFrom('shop_months')
    .select(['consentId', 'month', 'spentMinor'])
    .where('consentId', '=', anyOf(ids, 'uuid'))
    .where('month', '>=', monthOf(from))
    .execute();
  return new ConsentBook(consents, spendings);
}

/** Records payments, after their settlements. The database refuses one that its consent does not allow. */
export async function recordShopPayments(em: Manager, payments: readonly NewShopPayment[]): Promise<void> {
  if (payments.length > 0) await insertRows(em, ShopPayment, payments).execute(em.getKysely());
}
