import { fault } from '#platform/errors/faults.ts';
import { maskedEmail } from '#platform/identity/customer-record.ts';
import { idCharacters } from '#platform/validation/ids.ts';
import { refusedLongEmail } from '#user/domain/email.ts';

/** How staff name a customer. */
export const customerKeyKinds = ['id', 'email', 'accountNumber', 'orderId'] as const;

export type CustomerKeyKind = (typeof customerKeyKinds)[number];

export type CustomerKeyInput = { readonly [Kind in CustomerKeyKind]?: string | null | undefined };

export interface CustomerKey {
  readonly kind: CustomerKeyKind;
  readonly value: string;
}

/**
 * Reads the one key that is given.
 *
 * @throws BAD_USER_INPUT for none, several, or a text that is too long for its kind.
 */
export function readCustomerKey(by: CustomerKeyInput): CustomerKey {
  const [kind, ...others] = customerKeyKinds.filter((one) => by[one] != null);
  if (kind === undefined || others.length > 0) {
    throw fault('BAD_USER_INPUT', `Argument "by": Enter exactly one of ${customerKeyKinds.join(', ')}.`);
  }
  const given = by[kind]!;
  const isTooLong = kind === 'email' ? refusedLongEmail(given) !== null : given.length > idCharacters;
  const value = isTooLong ? '' : given.trim();
  if (value !== '') return { kind, value };
  throw fault('BAD_USER_INPUT', `Argument "by.${kind}": Enter a text that is not empty and not too long.`);
}

const subjects: Readonly<Record<CustomerKeyKind, string>> = {
  id: 'customer',
  email: 'email',
  accountNumber: 'account-number',
  orderId: 'order',
};

/**
 * How the audit log names a key that found no customer. The log is never erased, so it has no whole email address: a
 * mistyped one belongs to a stranger.
 */
export function subjectOfKey({ kind, value }: CustomerKey): string {
  return `${subjects[kind]}:${kind === 'email' ? maskedEmail(value) : value}`;
}
