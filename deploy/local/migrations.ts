import type { Client } from 'pg';
import { z } from 'zod';
import { migrateQueues, queueRights, queueSchema } from '#jobs/queue-schema.ts';
import { openDatabase, sqlState } from '#platform/postgres/database.ts';
import { queryRow, queryRows } from '#platform/postgres/query-rows.ts';
import { retryUntil } from '#platform/process/retry.ts';
import type { Rights } from '#platform/postgres/rights.ts';
import { countsRights, createCountsTable } from '#router/rate-limits/counts-table.ts';
import { loadDatabase, loadRights } from '#subgraphs/load.ts';
import type { SubgraphName } from '#subgraphs/manifest.ts';
import { connected } from './connected.ts';
import { type Credential, type DatabaseName, databaseNames, type GivenUrls, otherRolesOf } from './credentials.ts';
import { grantRights } from './rights.ts';
import { missingSettings, roleSettings } from './role-settings.ts';
import { StartFault } from './start-fault.ts';
import { takeTurn, type Turn } from './take-turn.ts';

/**
 * Migrates every database whose owner's URL is known.
 *
 * @returns the names of the migrations that were missing and have run, such as `billing 2026-12-05-payable`.
 * @throws StartFault if the roles of the processes do not exist.
 */
export async function migrateAll(urls: GivenUrls): Promise<string[]> {
  const ran: string[] = [];
  await Promise.all(
    databaseNames.map(async (name) => {
      const url = urls[name]?.owner;
      if (url !== undefined) ran.push(...(await migrateDatabase(name, url)));
    }),
  );
  return ran.toSorted();
}

/**
 * Migrates a database and grants each role its declared rights. It can be repeated, and run several times at once.
 *
 * @param url of the database's owner.
 * @param turn how to wait for another process that migrates the database.
 * @returns the names of the migrations that were missing and have run, such as `billing 2026-12-05-payable`.
 * @throws StartFault if the roles of the processes do not exist.
 */
export async function migrateDatabase(name: DatabaseName, url: string, turn?: Turn): Promise<string[]> {
  return await connected(url, async (client) => {
    await takeTurn(client, 'migrate', turn);
    await requireRoleSettings(client, name);
    return await migrate(name, url, client, turn?.signal);
  });
}

/** @returns the migrations of a subgraph that have run; the other databases have none with a name. */
async function migrate(name: DatabaseName, url: string, client: Client, signal?: AbortSignal): Promise<string[]> {
  if (name === 'jobs') {
    await migrateQueues(client);
    await grantAll(client, name, { service: await queueRights(client) }, queueSchema);
  } else if (name === 'router') {
    await client.query(createCountsTable);
    await grantAll(client, name, { service: countsRights });
  } else {
    return await migrateSubgraph(name, url, client, signal);
  }
  return [];
}

/**
 * The SQLSTATEs of a statement that gave up a lock, so that the processes' statements behind it could go on:
 * `lock_not_available` and `deadlock_detected`.
 */
const gaveUpLock = new Set<string | undefined>(['55P03', '40P01']);

/** Longer than any snapshot of `npm run verify` takes. */
const longestRetriesMs = 30 * 60_000;

/** Every process of a subgraph reads this table to check that the migrations it needs have run. */
const migrationsRead = { mikro_orm_migrations: 'select' };

async function migrateSubgraph(
  name: SubgraphName,
  url: string,
  client: Client,
  signal?: AbortSignal,
): Promise<string[]> {
  const database = await openDatabase(await loadDatabase(name), {
    url,
    poolSize: 1,
    applicationName: 'migrate',
    isPatient: true,
  });
  let pending: string[];
  try {
    pending = (await database.migrator.getPending()).map((migration) => `${name} ${migration.name}`);
    await retryUntil(async () => await database.migrator.up(), {
      signal: AbortSignal.any([AbortSignal.timeout(longestRetriesMs), ...(signal === undefined ? [] : [signal])]),
      retry: (error) => gaveUpLock.has(sqlState(error)),
      failed: () => undefined,
    });
  } finally {
    await database.close();
  }
  const { service, worker, relay, verifier, operator } = await loadRights(name);
  await grantAll(client, name, {
    service: { ...service, ...migrationsRead },
    ...(worker === undefined ? {} : { worker: { ...worker, ...migrationsRead } }),
    ...(relay === undefined ? {} : { relay: { ...relay, ...migrationsRead } }),
    ...(verifier === undefined ? {} : { verifier }),
    ...(operator === undefined ? {} : { operator: { ...operator, ...migrationsRead } }),
  });
  return pending;
}

const optional: ReadonlySet<Credential> = new Set<Credential>(['verifier', 'operator']);

/** Grants each role its rights, and revokes those of all other roles in the schema. */
async function grantAll(
  client: Client,
  name: DatabaseName,
  rights: { readonly [Connecting in Credential]?: Rights },
  schema?: string,
): Promise<void> {
  const roles = otherRolesOf(await currentUser(client), name);
  for (const [credential, role] of roles) {
    const granted = rights[credential];
    if (granted === undefined) continue;
    const known = await client.query('select from pg_roles where rolname = $1', [role]);
    if (known.rowCount === 1) await grantRights(client, role, granted, schema);
    // The roles of `npm run verify` and `npm run operators` are optional.
    else if (!optional.has(credential)) throw new StartFault(`${name}: the role ${role} does not exist on the server.`);
  }
  await client.query('revoke all on schema public from public');
}

/**
 * Roles that an operator created may lack settings. The owner sets its own; only an administrator can alter the others.
 */
async function requireRoleSettings(client: Client, name: DatabaseName): Promise<void> {
  const statements: string[] = [];
  for (const [credential, role] of await rolesOf(client, name)) {
    const missing = await missingSettings(client, role, roleSettings(name, credential));
    if (credential === 'owner') for (const statement of missing) await client.query(statement);
    else statements.push(...missing);
  }
  if (statements.length === 0) return;
  throw new StartFault(
    `${name}: the roles lack settings. Run this as their administrator, with values of your choice ` +
      `(docs/credentials.md), then migrate again:\n${statements.map((statement) => `  ${statement};`).join('\n')}`,
  );
}

/** The roles of the database that exist on the server: the owner, which the client is connected as, and the others. */
async function rolesOf(client: Client, name: DatabaseName): Promise<ReadonlyMap<Credential, string>> {
  const owner = await currentUser(client);
  const roles = new Map<Credential, string>([['owner', owner], ...otherRolesOf(owner, name)]);
  const known = await queryRows(
    client,
    z.object({ role: z.string() }),
    'select rolname as role from pg_roles where rolname = any($1)',
    [[...roles.values()]],
  );
  const names = new Set(known.map(({ role }) => role));
  return new Map([...roles].filter(([, role]) => names.has(role)));
}

async function currentUser(client: Client): Promise<string> {
  const { name } = await queryRow(client, z.object({ name: z.string() }), 'select current_user as name');
  return name;
}
