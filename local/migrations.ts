import { runMigrations } from 'bullmq';
import { Client } from 'pg';
import { openDatabase } from '#platform/database.ts';
import { createCountsTable } from '#router/rate-limits/counts-table.ts';
import { type DatabaseOwner, databaseOwners, type DatabaseUrls, verifier } from './provision.ts';

const definitions = {
  user: async () => await import('#user/database.ts'),
  billing: async () => await import('#billing/database.ts'),
  order: async () => await import('#order/database.ts'),
  notification: async () => await import('#notification/database.ts'),
};

/** Brings each database that is given to what this code needs. Harmless to repeat and to run twice at once. */
export async function migrateAll(urls: Partial<DatabaseUrls>): Promise<void> {
  await Promise.all(
    databaseOwners.map(async (owner) => {
      const url = urls[owner];
      if (url !== undefined) await withLock(url, async (client) => await migrate(owner, url, client));
    }),
  );
}

async function migrate(owner: DatabaseOwner, url: string, client: Client): Promise<void> {
  if (owner === 'jobs') {
    await runMigrations(client, 'bullmq');
    return;
  }
  if (owner === 'router') {
    await client.query(createCountsTable);
    return;
  }
  const { database: definition } = await definitions[owner]();
  const database = await openDatabase(definition, { url, poolSize: 1, applicationName: 'migrate', isPatient: true });
  try {
    await database.migrator.up();
  } finally {
    await database.close();
  }
  await letVerifierRead(owner, client);
}

/**
 * Lets the role that verifies read, also what later migrations make; of the users' database only the outbox, since
 * who reads the signing keys can sign. It is the one that `provision` made beside this one; where it made none, who
 * made the databases grants the same.
 */
async function letVerifierRead(owner: DatabaseOwner, client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select rolname as name from pg_roles
     where rolname = regexp_replace(current_user, $1, $2) and rolname <> current_user`,
    [`${owner}$`, verifier],
  );
  for (const role of rows.map(({ name }) => client.escapeIdentifier(name))) {
    if (owner === 'user') {
      await client.query(`grant select on outbox to ${role}`);
    } else {
      await client.query(`grant select on all tables in schema public to ${role}`);
      await client.query(`alter default privileges in schema public grant select on tables to ${role}`);
    }
  }
}

/** One at a time per database, whoever migrates it or, as asking makes the table that records them, asks what it lacks. */
export async function withLock(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(hashtext($1))', ['wallet-and-orders: migrate']);
    await work(client);
  } finally {
    await client.end();
  }
}
