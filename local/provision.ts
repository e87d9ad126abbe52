import { createHmac } from 'node:crypto';
import { Client } from 'pg';
import { StartFault } from './start-fault.ts';

/** Who has a database of its own, under a role of its own. */
export const databaseOwners = ['user', 'billing', 'order', 'notification', 'jobs', 'router'] as const;
export type DatabaseOwner = (typeof databaseOwners)[number];
export type DatabaseUrls = Readonly<Record<DatabaseOwner, string>>;

/** The role that `npm run verify` reads these databases with: it owns nothing and may change nothing. */
export const verifier = 'verify';
export const verifiedOwners = ['user', 'billing', 'order', 'notification'] as const satisfies readonly DatabaseOwner[];
export type VerifiedOwner = (typeof verifiedOwners)[number];
export type VerifierUrls = Readonly<Record<VerifiedOwner, string>>;

/**
 * Makes sure that a server has a role and a database for each owner, and tells where they are. Harmless to repeat
 * and to run twice at once. The roles' passwords are derived from the administrator's, so that nothing has to be
 * kept; a new password of the administrator's is followed at the next run.
 *
 * @param adminUrl with a role that may create databases and roles (PostgreSQL 15 or later).
 * @param prefix stands before the names of roles and databases, so that a server can hold several systems.
 */
export async function provision(adminUrl: string, prefix = 'wallet_'): Promise<DatabaseUrls> {
  const urls = databaseUrls(adminUrl, prefix);
  const client = new Client({ connectionString: adminUrl, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(hashtext($1))', ['wallet-and-orders: provision']);
    for (const owner of databaseOwners) {
      const { username: name, password } = new URL(urls[owner]);
      await ensureRole(client, name, password);
      await ensureDatabase(client, name);
    }
    await ensureVerifier(client, adminUrl, prefix);
    return urls;
  } finally {
    await client.end();
  }
}

/**
 * The addresses of the databases that `provision` makes on a server, with their roles' passwords.
 *
 * @throws StartFault where the administrator has no password.
 */
export function databaseUrls(adminUrl: string, prefix = 'wallet_'): DatabaseUrls {
  const urlOfOwner = (owner: DatabaseOwner) => urlOf(adminUrl, `${prefix}${owner}`, `${prefix}${owner}`);
  return {
    user: urlOfOwner('user'),
    billing: urlOfOwner('billing'),
    order: urlOfOwner('order'),
    notification: urlOfOwner('notification'),
    jobs: urlOfOwner('jobs'),
    router: urlOfOwner('router'),
  };
}

/**
 * The addresses of the same databases for the role that verifies.
 *
 * @throws StartFault where the administrator has no password.
 */
export function verifierUrls(adminUrl: string, prefix = 'wallet_'): VerifierUrls {
  const url = (owner: VerifiedOwner) => urlOf(adminUrl, `${prefix}${verifier}`, `${prefix}${owner}`);
  return { user: url('user'), billing: url('billing'), order: url('order'), notification: url('notification') };
}

/** Lets it into the databases; what it may read there is granted with the tables, by their owner. */
async function ensureVerifier(client: Client, adminUrl: string, prefix: string): Promise<void> {
  const { username: name, password } = new URL(verifierUrls(adminUrl, prefix).user);
  const role = client.escapeIdentifier(name);
  await ensureRole(client, name, password);
  await client.query(`alter role ${role} set default_transaction_read_only = on`);
  for (const owner of verifiedOwners) {
    await client.query(`grant connect on database ${client.escapeIdentifier(`${prefix}${owner}`)} to ${role}`);
  }
}

async function ensureRole(client: Client, name: string, password: string): Promise<void> {
  const role = client.escapeIdentifier(name);
  const known = await client.query('select from pg_roles where rolname = $1', [name]);
  const verb = known.rowCount === 0 ? 'create' : 'alter';
  await client.query(`${verb} role ${role} login password ${client.escapeLiteral(password)}`);
  // Without being a superuser, only a member of the role may give it a database.
  const { rows } = await client.query<{ superuser: boolean }>(
    'select rolsuper as superuser from pg_roles where rolname = current_user',
  );
  if (rows[0]?.superuser !== true) await client.query(`grant ${role} to current_user`);
}

/** The same encoding and order of texts on every server, whatever its own are. */
const portable = `template template0 encoding 'UTF8' locale_provider libc lc_collate 'C' lc_ctype 'C'`;

async function ensureDatabase(client: Client, name: string): Promise<void> {
  const database = client.escapeIdentifier(name);
  const known = await client.query('select from pg_database where datname = $1', [name]);
  if (known.rowCount === 0) {
    await client.query(`create database ${database} owner ${database} ${portable}`);
  }
  await client.query(`revoke all on database ${database} from public`);
}

/** The administrator's address, options included, for another role and database. */
function urlOf(adminUrl: string, role: string, database: string): string {
  const url = new URL(adminUrl);
  if (url.password === '') {
    throw new StartFault(
      'DATABASE_URL has no password, which those of the databases are derived from: add one, ' +
        'any where the server asks for none.',
    );
  }
  url.password = createHmac('sha256', decodeURIComponent(url.password)).update(role).digest('hex');
  url.username = role;
  url.pathname = `/${database}`;
  return url.href;
}
