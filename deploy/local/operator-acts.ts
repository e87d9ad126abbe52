import type { Acting } from '#platform/audit/acting.ts';
import { staffActs } from '#platform/audit/acts.ts';
import { listActs } from '#platform/audit/list-acts.ts';
import type { StaffActRow } from '#platform/audit/staff-act.ts';
import { reasonOf } from '#platform/audit/record-act.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import { formatAmount } from '#platform/money/money.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { isId } from '#platform/validation/ids.ts';
import { freezeCustomer, unfreezeCustomer } from '#billing/services/freeze-customer.ts';
import { customerOfAccount, selectAccounts } from '#billing/services/find-accounts.ts';
import { isAccountNumber } from '#billing/domain/account-number.ts';
import { customerOfOrder } from '#order/services/find-orders.ts';
import { type OutboxOwner, outboxOwners } from '#subgraphs/manifest.ts';
import { tables } from '#user/database.ts';
import { emailKey, refusedLongEmail } from '#user/domain/email.ts';
import type { CustomerKey } from '#user/services/customer-keys.ts';
import { recordCustomerLook } from '#user/services/look-at-customer.ts';
import { asOperator, printable } from './as-operator.ts';
import { findUser } from './operator-roles.ts';
import { recordRefusal } from './refused-command.ts';
import { StartFault } from './start-fault.ts';

/** Works in the database of a subgraph, as `asOperator` does. */
type In = <Result>(name: OutboxOwner, work: (acting: Acting) => Promise<Result>) => Promise<Result>;

const within: In = async (name, work) => await asOperator('operators', name, work);

/**
 * Finds a customer by email address, id, account (id or number) or order. The look is an entry of the audit log, also
 * where no customer is found.
 */
export async function find(text: string, given: string): Promise<string> {
  const reason = accepted(given);
  const { key, customerId } = await keyOf(text);
  const found = await within(
    'user',
    async (acting) => await recordCustomerLook(acting, reason, key, async (em) => await findBy(em, key, customerId)),
  );
  if (found === null) throw new StartFault('No customer was found.');
  const { id, email, name, emailProvedAt, createdAt } = found;
  const accounts = await within('billing', async ({ em }) => await selectAccounts(em, id));
  const proved = emailProvedAt === null ? 'not proved' : `proved ${emailProvedAt.toISOString()}`;
  return [
    `Customer ${id}`,
    `  ${printable(name)} <${printable(email)}>, ${proved}, registered ${createdAt.toISOString()}`,
    ...accounts.map(({ id: account, currency, number, balanceMinor: minor, status, frozen }) =>
      ['', currency, number, account, formatAmount({ minor, currency }), status, frozen ? 'FROZEN' : ''].join('  '),
    ),
  ].join('\n');
}

interface FoundKey {
  readonly key: CustomerKey;
  /** Null if the user database has to know it. */
  readonly customerId: string | null;
}

/** What kind of key a text is. Orders and accounts are looked for in their databases. */
async function keyOf(text: string): Promise<FoundKey> {
  const value = text.trim();
  if (value.includes('@')) return { key: { kind: 'email', value }, customerId: null };
  if (isAccountNumber(value)) {
    const customerId = await within('billing', async ({ em }) => await customerOfAccount(em, value));
    return { key: { kind: 'accountNumber', value }, customerId };
  }
  if (!isId(value))
    throw new StartFault('Enter an email address, an account number, or the ID of a customer, an account or an order.');
  const ofOrder = await within('order', async ({ em }) => await customerOfOrder(em, value));
  if (ofOrder !== null) return { key: { kind: 'orderId', value }, customerId: ofOrder };
  const ofAccount = await within('billing', async ({ em }) => await customerOfAccount(em, value));
  if (ofAccount !== null) return { key: { kind: 'accountNumber', value }, customerId: ofAccount };
  return { key: { kind: 'id', value }, customerId: value };
}

/** The role of the command may not read all columns. */
async function findBy(em: Manager, { kind, value }: CustomerKey, customerId: string | null) {
  const users = tables(em).selectFrom('users').select(['id', 'email', 'name', 'emailProvedAt', 'createdAt']);
  const isLong = kind === 'email' && refusedLongEmail(value) !== null;
  if (isLong || (kind !== 'email' && customerId === null)) return null;
  const wanted = kind === 'email' ? users.where('emailKey', '=', emailKey(value)) : users.where('id', '=', customerId!);
  return (await wanted.executeTakeFirst()) ?? null;
}

export interface FreezeArguments {
  /** An id or an email address. */
  readonly customer: string;
  readonly accountId: string | undefined;
  readonly reason: string;
}

/** Freezes or releases a customer or one account, as the mutations do. */
export async function changeFreeze(
  action: 'freeze' | 'unfreeze',
  { customer, accountId, reason }: FreezeArguments,
): Promise<string> {
  const refused = { command: action, reason: accepted(reason) };
  const customerId = customer.includes('@')
    ? await within('user', async (acting) => (await findUser(acting, customer, refused)).id)
    : customer;
  const by = action === 'freeze' ? freezeCustomer : unfreezeCustomer;
  const request = { customerId, accountId, reason };
  const changed = await within('billing', async (acting) => {
    const outcome = await by(acting, request);
    if (isRefusal(outcome)) {
      const about = isId(customerId) ? customerId.toLowerCase() : null;
      await recordRefusal(acting, { ...refused, code: outcome.refused, customerId: about });
    }
    return outcome;
  });
  if (isRefusal(changed)) throw new StartFault(changed.message);
  const what = changed.accountId === null ? `customer ${changed.customerId}` : `account ${changed.accountId}`;
  return action === 'freeze' ? `The ${what} is frozen.` : `The freeze of the ${what} is lifted.`;
}

export interface AuditArguments {
  readonly customer: string | undefined;
  readonly act: string | undefined;
  readonly first: string | undefined;
}

/** Returns the newest entries of the audit logs of all databases, the newest first. */
export async function audit({ customer, act: name, first: given = '20' }: AuditArguments): Promise<string> {
  const act = staffActs.find((one) => one === name?.toUpperCase());
  if (name !== undefined && act === undefined) throw new StartFault(`--act is one of ${staffActs.join(', ')}.`);
  if (customer !== undefined && !isId(customer)) throw new StartFault('--customer is the ID of a customer.');
  const first = /^\d{1,3}$/.test(given) ? Number(given) : 0;
  if (first < 1 || first > 100) throw new StartFault('--first is a number from 1 to 100.');
  const filter = { customerId: customer, acts: act === undefined ? undefined : [act] };
  const logs: { readonly log: string; readonly row: StaffActRow }[] = [];
  for (const log of outboxOwners) {
    const { nodes } = await within(log, async ({ em }) => await listActs(em, { first, filter }));
    logs.push(...nodes.map((row) => ({ log, row })));
  }
  const newest = logs.toSorted((a, b) => b.row.createdAt.getTime() - a.row.createdAt.getTime()).slice(0, first);
  return [...newest.map(({ log, row }) => entryText(log, row)), `Entries: ${newest.length}.`].join('\n');
}

function entryText(log: string, row: StaffActRow): string {
  const { sequence, createdAt, actor, act, customerId, subject, valuesAfter, reason } = row;
  const about = [customerId === null ? null : `customer:${customerId}`, subject, valuesAfter];
  const texts = [actor, act, ...new Set(about.filter((text) => text != null)), reason];
  return `${createdAt.toISOString()}  ${log} ${sequence}  ${texts.map(printable).join('  ')}`;
}

function accepted(reason: string): string {
  const accepted = reasonOf(reason);
  if (isRefusal(accepted)) throw new StartFault(`--reason: ${accepted.message}`);
  return accepted;
}
