import { randomUUIDv7 } from 'node:crypto';
import { columnsOf, type Manager, type NewValues } from '#platform/postgres/database.ts';
import { now } from '#platform/postgres/expressions.ts';
import { isRefusal, refuse, type Refusal } from '#platform/errors/refusal.ts';
import { isId } from '#platform/validation/ids.ts';
import { tables } from '#billing/database.ts';
import type { LockedAccount } from '#billing/domain/ledger.ts';
import { Freeze, type FreezeRow } from '#billing/entities/freeze.ts';
import { lockAccounts } from './lock-accounts.ts';

/** What is frozen: one account, or all accounts of a customer, those included that are opened later. */
export interface FreezeTarget {
  readonly customerId: string;
  readonly accountId: string | null;
}

/** The operator's id, null for the command on the machine, and the reason that is recorded. */
interface FreezeAct {
  readonly staffId: string | null;
  readonly reason: string;
}

type TargetRefusal = Refusal<'NOT_FOUND' | 'ACCOUNT_CLOSED'>;

/**
 * Freezes accounts under their locks: what was decided before is done, and what is decided later is refused. To be called
 * in a transaction.
 */
export async function freezeAccounts(
  em: Manager,
  target: FreezeTarget,
  { staffId, reason }: FreezeAct,
): Promise<FreezeRow | TargetRefusal | Refusal<'ALREADY_FROZEN'>> {
  const locked = await lockTarget(em, target);
  if (isRefusal(locked)) return locked;
  const row = { id: randomUUIDv7(), ...target, reason, frozenBy: staffId };
  const frozen = await tables(em)
    .insertInto('freezes')
    .values(row satisfies NewValues<typeof Freeze, 'frozenAt' | 'liftReason' | 'liftedBy' | 'liftedAt'>)
    .onConflict((conflict) => conflict.doNothing())
    .returning(columnsOf(Freeze))
    .executeTakeFirst();
  return frozen ?? refuse('ALREADY_FROZEN', 'This is frozen already.', fieldOf(target));
}

/** Lifts the open freeze of this target. An account stays frozen while another freeze covers it. */
export async function unfreezeAccounts(
  em: Manager,
  target: FreezeTarget,
  { staffId, reason }: FreezeAct,
): Promise<FreezeRow | TargetRefusal | Refusal<'NOT_FROZEN'>> {
  const locked = await lockTarget(em, target);
  if (isRefusal(locked)) return locked;
  const lifted = await tables(em)
    .updateTable('freezes')
    .set({ liftReason: reason, liftedBy: staffId, liftedAt: now() })
    .where('customerId', '=', target.customerId)
    .where('accountId', target.accountId === null ? 'is' : '=', target.accountId)
    .where('liftedAt', 'is', null)
    .returning(columnsOf(Freeze))
    .executeTakeFirst();
  return lifted ?? refuse('NOT_FROZEN', 'No open freeze is of exactly this customer or account.', fieldOf(target));
}

/** Locks all accounts of the customer: opening an account waits for these locks too. */
async function lockTarget(
  em: Manager,
  { customerId, accountId }: FreezeTarget,
): Promise<readonly LockedAccount[] | TargetRefusal> {
  const known = isId(customerId) && (accountId === null || isId(accountId));
  const { accounts } = known ? await lockAccounts(em, { customerIds: [customerId] }) : { accounts: [] };
  if (accounts.length === 0) return refuse('NOT_FOUND', 'No customer with this id has accounts.', customerField);
  const named = accounts.filter(({ id }) => accountId === null || id === accountId.toLowerCase());
  if (named.length === 0) return refuse('NOT_FOUND', 'This customer has no account with this id.', accountField);
  if (named.every(({ status }) => status === 'CLOSED')) {
    return refuse('ACCOUNT_CLOSED', 'A closed account moves no money.', fieldOf({ customerId, accountId }));
  }
  return named;
}

const customerField = ['input', 'customerId'];
const accountField = ['input', 'accountId'];

function fieldOf({ accountId }: FreezeTarget): readonly string[] {
  return accountId === null ? customerField : accountField;
}
