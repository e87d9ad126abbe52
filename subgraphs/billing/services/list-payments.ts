import { z } from 'zod';
import { type Connection, idPosition, page, type PageRequest } from '#platform/graphql/paging.ts';
import { columnsOf, type Manager } from '#platform/postgres/database.ts';
import { tables } from '#billing/database.ts';
import { ProviderPayment, type ProviderPaymentRow } from '#billing/entities/provider-payment.ts';

/** A page of a customer's deposits through the provider, newest first. */
export async function listPayments(
  em: Manager,
  customerId: string,
  request: PageRequest,
): Promise<Connection<ProviderPaymentRow>> {
  return await page<ProviderPaymentRow, [string]>(request, {
    name: 'provider payments',
    position: z.tuple([idPosition]),
    positionOf: ({ id }) => [id],
    fetch: async (limit, after) =>
      await tables(em)
        .selectFrom('provider_payments')
        .where('customerId', '=', customerId)
        .$if(after !== null, (query) => query.where('id', '<', after![0]))
        .select(columnsOf(ProviderPayment))
        .orderBy('id', 'desc')
        .limit(limit)
        .execute(),
  });
}
