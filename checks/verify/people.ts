import { checkPerson, checkUser, type Contact, type Person, type User } from './domain/contact.ts';
import { joinByKey } from './ordered-rows.ts';
import type { Report } from './report.ts';
import { boolean, type Columns, integer, orNull, rowParser, text, time } from './row-parser.ts';
import type { Snapshot } from './snapshot.ts';

export interface PeopleSnapshots {
  /** Taken before the others. */
  readonly user: Snapshot;
  readonly billing: Snapshot;
  readonly notification: Snapshot;
  /** Takes a second snapshot of the users, to exclude those that changed since the first one. */
  readonly userNow: () => Promise<Snapshot>;
}

const batch = 1_000;
const userColumns = 'users.id, email, email_key as "emailKey", name, version, created_at as "createdAt"';
const changing = `(
  select distinct payload->>'userId' as id from outbox
  where kind in ('user-changed', 'contact-changed') and payload->>'userId' is not null
) as changing`;

const columns: Columns<User> = {
  id: text,
  email: text,
  emailKey: text,
  name: text,
  version: integer,
  createdAt: time,
};
const parseUser = rowParser<User>('user.users', columns);
const parseUserNow = rowParser<User & { readonly changes: boolean }>('user.users', { ...columns, changes: boolean });
const parseContact = rowParser<Contact>('notification.contacts', {
  userId: text,
  version: integer,
  email: orNull(text),
  name: orNull(text),
  deletedAt: orNull(time),
});

interface WithId {
  readonly id: string;
}
const parseChange = rowParser<WithId>('user.outbox', { id: text });
const parseOwner = rowParser<WithId>('billing.accounts', { id: text });

/** Compares users with their contacts and with the owners of accounts. */
export async function verifyPeople(snapshots: PeopleSnapshots, horizon: Date, report: Report): Promise<void> {
  let suspects: Person[] = [];
  const name = async () => {
    report.found(await confirmedFindings(suspects, snapshots, horizon));
    suspects = [];
  };
  for await (const { key, group } of await joinPeople(snapshots, horizon)) {
    const [user = null] = group.users;
    const [contact = null] = group.contacts;
    const person = { id: key, user, contact, hasAccounts: group.owners.length > 0, changes: group.changing.length > 0 };
    if (user !== null) report.found(checkUser(user));
    if (checkPerson(person, horizon).length > 0) suspects.push(person);
    if (suspects.length === batch) await name();
    report.checked('user.users', group.users.length);
    report.checked('notification.contacts', group.contacts.length);
  }
  await name();
}

async function joinPeople({ user, billing, notification }: PeopleSnapshots, horizon: Date) {
  const users = await user.stream(parseUser, `select ${userColumns} from users order by id`);
  const changes = await user.stream(parseChange, `select id from ${changing} order by id`);
  const contacts = await notification.stream(
    parseContact,
    `
    select user_id as "userId", version, email, name, deleted_at as "deletedAt" from contacts order by user_id`,
  );
  const owners = await billing.stream(
    parseOwner,
    `
    select distinct customer_id as id from accounts where opened_at < '${horizon.toISOString()}' order by customer_id`,
  );
  const keyOf = ({ id }: WithId) => id;
  return joinByKey<{ users: User; changing: WithId; contacts: Contact; owners: WithId }>({
    users: { rows: users, keyOf },
    changing: { rows: changes, keyOf },
    contacts: { rows: contacts, keyOf: ({ userId }) => userId },
    owners: { rows: owners, keyOf },
  });
}

/** @returns findings of customers whose user has not changed since the first snapshot. */
async function confirmedFindings(suspects: readonly Person[], { userNow }: PeopleSnapshots, horizon: Date) {
  if (suspects.length === 0) return [];
  const snapshot = await userNow();
  try {
    const rows = await snapshot.list(
      parseUserNow,
      `select ${userColumns}, changing.id is not null as changes
       from users left join ${changing} on changing.id = users.id::text where users.id = any($1::uuid[])`,
      [suspects.map(({ id }) => id)],
    );
    const now = new Map(rows.map((row) => [row.id, row]));
    const unchanged = suspects.filter(({ id, user }) => {
      const row = now.get(id);
      return row?.changes !== true && row?.version === user?.version;
    });
    return unchanged.flatMap((person) => checkPerson(person, horizon));
  } finally {
    await snapshot.close();
  }
}
