import type { OutboxEntry } from '#platform/outbox.ts';
import type { UserRow } from '#user/entities/user.ts';

type KnownUser = Pick<UserRow, 'id' | 'version' | 'email' | 'name'>;

/** What the others keep of a user, as of this version. */
export function userChanged({ id, version, email, name }: KnownUser): OutboxEntry {
  return userEntry({ userId: id, version, email, name, deleted: false });
}

/** The last version: the others have to forget the user. */
export function userDeleted({ id, version }: Pick<UserRow, 'id' | 'version'>): OutboxEntry {
  return userEntry({ userId: id, version: version + 1, email: null, name: null, deleted: true });
}

interface UserChange {
  readonly userId: string;
  readonly version: number;
  readonly email: string | null;
  readonly name: string | null;
  readonly deleted: boolean;
}

function userEntry(payload: UserChange): OutboxEntry {
  return { kind: 'user-changed', payload: { ...payload } };
}
