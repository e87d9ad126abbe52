import { badArgument } from '#platform/errors/faults.ts';
import { maskedEmail } from '#platform/identity/masking.ts';
import { idCharacters, isId } from '#platform/validation/ids.ts';
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
    throw badArgument(['by'], `Argument "by": Enter exactly one of ${customerKeyKinds.join(', ')}.`);
  }
  const given = by[kind]!;
  const isTooLong = kind === 'email' ? refusedLongEmail(given) !== null : given.length > idCharacters;
  const value = isTooLong ? '' : given.trim();
  if (value !== '') return { kind, value };
  throw badArgument(['by', kind], `Argument "by.${kind}": Enter a text that is not empty and not too long.`);
}

const subjects = {
  id: 'customer',
  accountNumber: 'account-number',
  orderId: 'order',
};

/** Accounts opened before version 0.2.0 have 9 digits. */
const accountNumber = /^(?:\d{9}|\d{12})$/;

/**
 * How the audit log names a key that found no customer. The log is never erased, so it has no whole email address: a
 * mistyped one belongs to a stranger. Texts that do not have the form of their kind, such as a name or an address in
 * the field of an id, are left out.
 */
export function subjectOfKey({ kind, value }: CustomerKey): string {
  if (kind === 'email') return `email:${maskedEmail(value)}`;
  const isWellFormed = kind === 'accountNumber' ? accountNumber.test(value) : isId(value);
  return `${subjects[kind]}:${isWellFormed ? value : 'invalid'}`;
}
