import { currencies } from '#platform/money/currency.ts';
import { columnsOf, type Manager } from '#platform/postgres/database.ts';
import { type PermitContext, requirePermit } from '#platform/identity/permit.ts';
import { isId } from '#platform/validation/ids.ts';
import { tables } from '#billing/database.ts';
import { isAccountNumber } from '#billing/domain/account-number.ts';
import { Account, type AccountRow } from '#billing/entities/account.ts';
import { openAccounts } from './open-accounts.ts';

/** A customer's accounts by id. The result leaves out ids of no account and of other customers' accounts. */
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
 * A customer's accounts, one per currency in the order of the schema. Accounts that an open customer lacks are opened
 * first: all of them where the job that opens accounts has not run yet, and one where a currency is new.
 */
export async function accountsOf(em: Manager, customerId: string): Promise<AccountRow[]> {
  const found = await selectAccounts(em, customerId);
  if (!mayLackAccounts(found)) return found;
  await openAccounts(em, [customerId]);
  return await selectAccounts(em, customerId);
}

/** Opens the accounts that an open customer lacks. */
export async function openMissingAccounts(em: Manager, customerId: string): Promise<void> {
  if (mayLackAccounts(await selectAccounts(em, customerId))) await openAccounts(em, [customerId]);
}

function mayLackAccounts(found: readonly AccountRow[]): boolean {
  return found.length < currencies.length && found.every(({ status }) => status === 'OPEN');
}

/** A customer's accounts that are open or closed, in the order of the schema's currencies. */
export async function selectAccounts(em: Manager, customerId: string): Promise<AccountRow[]> {
  const rows = await tables(em)
    .selectFrom('accounts')
    .select(columnsOf(Account))
    .where('customerId', '=', customerId)
    .execute();
  return rows.toSorted((a, b) => currencies.indexOf(a.currency) - currencies.indexOf(b.currency));
}

/** Numbers of any customers' accounts by id, in the order of the ids. */
export async function accountNumbers(em: Manager, ids: readonly string[]): Promise<(string | null)[]> {
  const rows = await tables(em).selectFrom('accounts').select(['id', 'number']).where('id', 'in', ids).execute();
  const numbers = new Map(rows.map(({ id, number }) => [id, number]));
  return ids.map((id) => numbers.get(id) ?? null);
}

/** The customer who holds an account, by its id or its number; null for a text that names none. */
export async function customerOfAccount(em: Manager, idOrNumber: string): Promise<string | null> {
  const column = isId(idOrNumber) ? 'id' : 'number';
  if (column === 'number' && !isAccountNumber(idOrNumber)) return null;
  const accounts = tables(em).selectFrom('accounts').select('customerId');
  return (await accounts.where(column, '=', idOrNumber).executeTakeFirst())?.customerId ?? null;
}

/**
 * The customer who holds an account, for a search of staff that the user subgraph makes.
 *
 * @throws FORBIDDEN without a permit for this search.
 */
export async function customerIdOfAccount(
  context: PermitContext & { readonly em: Manager },
  { accountNumber, permit }: { readonly accountNumber: string; readonly permit: string },
): Promise<string | null> {
  await requirePermit(context, permit, `account-number:${accountNumber}`);
  return isId(accountNumber) ? null : await customerOfAccount(context.em, accountNumber);
}
