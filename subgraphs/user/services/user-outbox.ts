import type { OutboxEntry } from '#subgraphs/outbox.ts';
import type { UserRow } from '#user/entities/user.ts';

type KnownUser = Pick<UserRow, 'id' | 'version' | 'email' | 'emailProvedAt' | 'name'>;

/** The outbox entries for a registered or changed user: the data that other subgraphs store for this version. */
export function userChanged({ id, version, email, emailProvedAt, name }: KnownUser): OutboxEntry[] {
  return userEntries({ userId: id, version, email, name, deleted: false }, emailProvedAt != null);
}

/** The outbox entries for a deleted user, with the last version. Other subgraphs delete their data of the user. */
export function userDeleted({ id, version }: Pick<UserRow, 'id' | 'version'>): OutboxEntry[] {
  return userEntries({ userId: id, version: version + 1, email: null, name: null, deleted: true }, false);
}

interface UserChange {
  readonly userId: string;
  readonly version: number;
  readonly email: string | null;
  readonly name: string | null;
  readonly deleted: boolean;
}

/** One entry for each receiving subgraph, so that neither waits for the other. */
function userEntries(payload: UserChange, emailProved: boolean): OutboxEntry[] {
  return [
    { kind: 'user-changed', payload: { ...payload } },
    { kind: 'contact-changed', payload: { ...payload, emailProved } },
  ];
}
