import { z } from 'zod';
import { type Connection, idPosition, page, type PageRequest } from '#platform/graphql/paging.ts';
import { columnsOf, type Manager } from '#platform/postgres/database.ts';
import { ormTime } from '#platform/postgres/expressions.ts';
import { now } from '#platform/process/clock.ts';
import { isId } from '#platform/validation/ids.ts';
import { tables } from '#user/database.ts';
import { ApiClient, type ApiClientRow } from '#user/entities/api-client.ts';

/** A customer's API clients, newest first, those that have ended included. */
export async function listApiClients(
  em: Manager,
  userId: string,
  request: PageRequest,
): Promise<Connection<ApiClientRow>> {
  return await page<ApiClientRow, [string]>(request, {
    name: 'API clients',
    position: z.tuple([idPosition]),
    positionOf: ({ id }) => [id],
    fetch: async (limit, after) =>
      await tables(em)
        .selectFrom('api_clients')
        .select(columnsOf(ApiClient))
        .where('userId', '=', userId)
        .$if(after !== null, (query) => query.where('id', '<', after![0]))
        .orderBy('id', 'desc')
        .limit(limit)
        .execute(),
  });
}

/** The current state of a client. */
export async function findApiClient(em: Manager, id: string): Promise<ApiClientRow | null> {
  const found = await tables(em)
    .selectFrom('api_clients')
    .select(columnsOf(ApiClient))
    .where('id', '=', id)
    .executeTakeFirst();
  return found ?? null;
}

/** The public part of a client with the scope of shops, to show to customers; null for any other id. */
export async function findShop(em: Manager, id: string): Promise<Pick<ApiClientRow, 'id' | 'name'> | null> {
  const client = isId(id) ? await findApiClient(em, id) : null;
  if (client === null || client.revokedAt !== null || client.expiresAt <= now()) return null;
  return client.scopes.includes('shop:orders') ? { id: client.id, name: client.name } : null;
}

/** The current state of a client, locked until the end of the transaction. Lock its user first, if at all. */
export async function lockApiClient(em: Manager, id: string): Promise<ApiClientRow | null> {
  const found = await tables(em)
    .selectFrom('api_clients')
    .select(columnsOf(ApiClient))
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return found ?? null;
}

/**
 * Revokes all clients of a user, where the account was in the hands of someone else. The caller must lock the user first.
 *
 * @returns how many there were.
 */
export async function revokeEveryClient(em: Manager, userId: string): Promise<number> {
  return await em.nativeUpdate(ApiClient, { userId, revokedAt: null }, { revokedAt: ormTime() });
}
