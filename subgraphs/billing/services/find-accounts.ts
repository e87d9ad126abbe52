import { currencies } from '#platform/money/currency.ts';
import { columnsOf, type Manager } from '#platform/postgres/database.ts';
import { isId } from '#platform/validation/ids.ts';
import { tables } from '#billing/database.ts';
import { Account, type AccountRow } from '#billing/entities/account.ts';
import { openAccounts } from './open-accounts.ts';

/** A customer's accounts by id; what is not an id, not there, or another customer's, is not in the answer. */
export async function findAccounts(em: Manager, customerId: string, ids: readonly string[]): Promise<AccountRow[]> {
  const known = ids.filter(isId);
  if (known.length === 0) return [];
  return await tables(em)
    .selectFrom('accounts')
    .select(columnsOf(Account))
    .where('customerId', '=', customerId)
    .where('id', 'in', known)
    .execute();
}

/**
 * A customer's accounts, one per currency in the order of the schema. They are opened here if the news of the
 * customer has not arrived yet, so that whoever registers finds them at once.
 */
export async function accountsOf(em: Manager, customerId: string): Promise<AccountRow[]> {
  const found = await selectAccounts(em, customerId);
  if (found.length === currencies.length) return found;
  await openAccounts(em, [customerId]);
  return await selectAccounts(em, customerId);
}

/** Opens what is still to be opened of a customer's accounts, likewise. */
export async function openMissingAccounts(em: Manager, customerId: string): Promise<void> {
  if ((await selectAccounts(em, customerId)).length < currencies.length) await openAccounts(em, [customerId]);
}

async function selectAccounts(em: Manager, customerId: string): Promise<AccountRow[]> {
  const rows = await tables(em)
    .selectFrom('accounts')
    .select(columnsOf(Account))
    .where('customerId', '=', customerId)
    .execute();
  return rows.toSorted((a, b) => currencies.indexOf(a.currency) - currencies.indexOf(b.currency));
}

/** Numbers of accounts by id, whoever owns them, in the order of the ids. */
export async function accountNumbers(em: Manager, ids: readonly string[]): Promise<(string | null)[]> {
  const rows = await tables(em).selectFrom('accounts').select(['id', 'number']).where('id', 'in', ids).execute();
  const numbers = new Map(rows.map(({ id, number }) => [id, number]));
  return ids.map((id) => numbers.get(id) ?? null);
}
