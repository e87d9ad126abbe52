import type { Acting } from '#platform/audit/acting.ts';
import { readingReason, recordLook } from '#platform/audit/record-look.ts';
import { unauthenticated } from '#platform/errors/faults.ts';
import { permittedRecord } from '#platform/identity/customer-record.ts';
import { notPermitted } from '#platform/identity/permit.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { isId } from '#platform/validation/ids.ts';
import type { UserContext } from '#user/context.ts';
import type { UserRow } from '#user/entities/user.ts';
import { type CustomerKey, type CustomerKeyInput, readCustomerKey, subjectOfKey } from './customer-keys.ts';
import { findCustomerId, searchSubject } from './find-customer-ids.ts';
import { findUserByEmail, findUsers } from './find-users.ts';
import { requireSession } from './own-session.ts';
import { signPermit } from './permits.ts';

/** A customer as staff see them, with the permit that their look has given them. */
export interface CustomerRecordView {
  readonly user: UserRow;
  readonly permit: string;
}

export interface CustomerLook {
  readonly by: CustomerKeyInput;
  readonly reason: string;
}

/**
 * Finds a customer for staff. The audit log has the look before anything is returned, also where no customer is found:
 * the answer to the search is a fact about a customer.
 *
 * @throws BAD_USER_INPUT for a bad key or reason; UNAUTHENTICATED where the staff member's session has ended.
 */
export async function lookAtCustomer(
  context: UserContext & Acting,
  { by, reason }: CustomerLook,
): Promise<CustomerRecordView | null> {
  const { identity, keyring, rules } = context;
  if (identity.token !== 'valid') throw unauthenticated();
  const key = readCustomerKey(by);
  readingReason(reason);
  const customerId = await customerIdOf(context, key, identity.authorization);
  const user = await recordCustomerLook(context, reason, key, async (em) => {
    await requireSession(em, identity.viewer);
    return await findBy(em, key, customerId);
  });
  if (user === null) return null;
  const permit = await signPermit(`customer:${user.id}`, identity.viewer, await keyring.signingKey(), rules);
  return { user, permit };
}

/**
 * Finds a customer in one transaction with the entry of the audit log. Nothing is returned before its commit.
 *
 * @throws BAD_USER_INPUT for a bad reason.
 */
export async function recordCustomerLook<Found extends { readonly id: string }>(
  acting: Acting,
  reason: string,
  key: CustomerKey,
  find: (em: Manager) => Promise<Found | null>,
): Promise<Found | null> {
  return await recordLook(acting, reason, async (em) => {
    const found = await find(em);
    const looked = { act: 'LOOKED_AT_CUSTOMER', after: { by: key.kind, found: found !== null } } as const;
    if (found === null) return { found, looked: { ...looked, customerId: null, subject: subjectOfKey(key) } };
    return { found, looked: { ...looked, customerId: found.id, subject: `customer:${found.id}` } };
  });
}

/** The id of the customer, where billing or order knows it; otherwise null. */
async function customerIdOf(
  context: UserContext,
  { kind, value }: CustomerKey,
  authorization: string,
): Promise<string | null> {
  const { identity, keyring, rules, billingUrl, orderUrl } = context;
  if (kind === 'id') return isId(value) ? value : null;
  if (kind === 'email' || identity.token !== 'valid') return null;
  const permit = await signPermit(searchSubject(kind, value), identity.viewer, await keyring.signingKey(), rules);
  const url = kind === 'orderId' ? orderUrl : billingUrl;
  return await findCustomerId(context, kind, value, { url, authorization, permit });
}

async function findBy(em: Manager, { kind, value }: CustomerKey, customerId: string | null): Promise<UserRow | null> {
  if (kind === 'email') return (await findUserByEmail(em, value)) ?? null;
  return customerId === null ? null : ((await findUsers(em, [customerId]))[0] ?? null);
}

/**
 * Returns the customer of a permit, to read on without another entry of the audit log.
 *
 * @throws FORBIDDEN for a permit that is not valid.
 */
export async function findRecord(context: UserContext, permit: string): Promise<CustomerRecordView | null> {
  const [kind, id] = ((await context.subjectOfPermit(permit)) ?? '').split(':');
  if (kind !== 'customer' || id === undefined) throw notPermitted();
  return await recordOf(context, { id, permit });
}

/**
 * Resolves a reference to a customer's record.
 *
 * @throws FORBIDDEN for a permit that is not valid for this customer.
 */
export async function recordOf(
  context: UserContext,
  reference: { readonly id: string; readonly permit?: unknown },
): Promise<CustomerRecordView | null> {
  const { id, permit } = await permittedRecord(reference, context);
  const user = await context.users.load(id);
  return user === null ? null : { user, permit };
}
