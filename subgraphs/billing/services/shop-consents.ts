import { z } from 'zod';
import { clientOf } from '#platform/identity/identity.ts';
import { type Connection, idPosition, page, type PageRequest } from '#platform/graphql/paging.ts';
import { columnsOf, type Manager } from '#platform/postgres/database.ts';
import { now } from '#platform/postgres/expressions.ts';
import { isId } from '#platform/validation/ids.ts';
import type { BillingContext } from '#billing/context.ts';
import { tables } from '#billing/database.ts';
import { ShopConsent, type ShopConsentRow } from '#billing/entities/shop-consent.ts';

/** A customer's consents, newest first, those that have ended included. */
export async function listShopConsents(
  em: Manager,
  customerId: string,
  request: PageRequest,
): Promise<Connection<ShopConsentRow>> {
  return await page<ShopConsentRow, [string]>(request, {
    name: 'shop consents',
    position: z.tuple([idPosition]),
    positionOf: ({ id }) => [id],
    fetch: async (limit, after) =>
      await consents(em)
        .where('customerId', '=', customerId)
        .$if(after !== null, (query) => query.where('id', '<', after![0]))
        .orderBy('id', 'desc')
        .limit(limit)
        .execute(),
  });
}

/** One of a customer's consents; null for any other id. */
export async function findShopConsent(em: Manager, customerId: string, id: string): Promise<ShopConsentRow | null> {
  if (!isId(id)) return null;
  return (await consents(em).where('customerId', '=', customerId).where('id', '=', id).executeTakeFirst()) ?? null;
}

const consents = (em: Manager) => tables(em).selectFrom('shop_consents').select(columnsOf(ShopConsent));

/** A consent as the order subgraph needs it. */
export interface OrderingConsent {
  readonly customerId: string;
  readonly currency: ShopConsentRow['currency'];
  readonly shopName: string;
}

/**
 * The consent in force that names the calling shop; null for any other id: one that was withdrawn or has ended looks
 * like another shop's.
 */
export async function orderingConsent(
  { em, identity }: BillingContext,
  { id }: { readonly id: string },
): Promise<OrderingConsent | null> {
  const { clientId } = clientOf(identity);
  if (!isId(id)) return null;
  const found = await tables(em)
    .selectFrom('shop_consents')
    .select(['customerId', 'currency', 'shopName'])
    .where('shopId', '=', clientId)
    .where('id', '=', id)
    .where('withdrawnAt', 'is', null)
    .where((where) => where.or([where('expiresAt', 'is', null), where('expiresAt', '>', now())]))
    .executeTakeFirst();
  return found ?? null;
}

/** Withdraws all open consents of a customer whose accounts close. The caller has locked the accounts. */
export async function withdrawAllConsents(em: Manager, customerId: string): Promise<void> {
  await openConsentsOf(em, customerId).execute();
}

/** The update that withdraws a customer's open consents. The caller narrows it and locks their accounts. */
export function openConsentsOf(em: Manager, customerId: string) {
  return tables(em)
    .updateTable('shop_consents')
    .set({ withdrawnAt: now() })
    .where('customerId', '=', customerId)
    .where('withdrawnAt', 'is', null);
}
