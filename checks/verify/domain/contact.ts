import { emailKey, refusedLongEmail } from '#user/domain/email.ts';
import { compare, type Finding } from '../finding.ts';

export interface User {
  readonly id: string;
  readonly email: string;
  readonly emailKey: string;
  readonly name: string;
  readonly version: number;
  readonly createdAt: Date;
}

/** The contact data of a customer in notification. The contact of a deleted user is empty. */
export interface Contact {
  readonly userId: string;
  readonly version: number;
  readonly email: string | null;
  readonly name: string | null;
  readonly deletedAt: Date | null;
}

/** The data of one customer in all databases. */
export interface Person {
  readonly id: string;
  readonly user: User | null;
  readonly contact: Contact | null;
  /** Whether the customer has accounts older than the grace period. */
  readonly hasAccounts: boolean;
  /** Whether a change of the user waits in the outbox. */
  readonly changes: boolean;
}

/** Checks that a contact matches its user. Changes younger than the horizon may still be in progress. */
export function checkPerson(person: Person, horizon: Date): Finding[] {
  const { id, user, contact, hasAccounts, changes } = person;
  if (changes || (user !== null && user.createdAt >= horizon)) return [];
  if (contact === null) {
    if (user === null && !hasAccounts) return [];
    return [
      { table, id, expected: user === null ? 'the empty contact of an owner of accounts' : 'a contact', found: 'none' },
    ];
  }
  if (user === null) {
    if (contact.deletedAt === null) return [{ table, id, expected: 'a user', found: 'none, and no deletion' }];
    return compare(table, id, { email: [null, contact.email], name: [null, contact.name] });
  }
  return compare(table, id, {
    version: [user.version, contact.version],
    email: [user.email, contact.email],
    name: [user.name, contact.name],
    'time of deletion': [null, contact.deletedAt],
  });
}

/** Checks that the lookup key of a user matches the email. */
export function checkUser({ id, email, emailKey: stored }: User): Finding[] {
  if (refusedLongEmail(email) !== null) {
    return [{ table: 'user.users', id, expected: 'an email address', found: `${email.length} characters` }];
  }
  return compare('user.users', id, { 'key of the email': [emailKey(email), stored] });
}

const table = 'notification.contacts';
