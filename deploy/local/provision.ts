import type { Client } from 'pg';
import { z } from 'zod';
import { queryRow, queryRows } from '#platform/postgres/query-rows.ts';
import { connected } from './connected.ts';
import {
  type Credential,
  type DatabaseName,
  databaseNames,
  type DatabaseUrls,
  databaseUrls,
  defaultPrefix,
} from './credentials.ts';
import { giveSettings, roleSettings } from './role-settings.ts';
import { takeTurn, type Turn } from './take-turn.ts';

/**
 * Creates the databases and roles that a server lacks, and returns the URLs of all. It can be repeated, and run several
 * times at once. The passwords of the roles are derived from the administrator's: after a change of that password, the
 * next run changes theirs.
 *
 * The owner of the tables grants the rights of each role, with the migrations.
 *
 * @param adminUrl with a role that may create databases and roles (PostgreSQL 15 or later).
 * @param prefix stands before the names of roles and databases, so that a server can hold several systems.
 * @param turn how to wait for another process that provisions the server.
 */
export async function provision(adminUrl: string, prefix = defaultPrefix, turn?: Turn): Promise<DatabaseUrls> {
  const urls = databaseUrls(adminUrl, prefix);
  await connected(adminUrl, async (client) => {
    await takeTurn(client, 'provision', turn);
    for (const name of databaseNames) {
      const roles = await ensureRoles(client, urls, name);
      await ensureDatabase(client, adminUrl, `${prefix}${name}`, roles);
    }
  });
  return urls;
}

/** The roles of a database by credential. */
type Roles = ReadonlyMap<Credential, string>;

async function ensureRoles(client: Client, urls: DatabaseUrls, name: DatabaseName): Promise<Roles> {
  const roles = new Map<Credential, string>();
  for (const [credential, url] of Object.entries(urls[name]) as [Credential, string][]) {
    const { username, password } = new URL(url);
    await ensureRole(client, username, password);
    await giveSettings(client, username, roleSettings(name, credential));
    roles.set(credential, username);
  }
  return roles;
}

async function ensureRole(client: Client, name: string, password: string): Promise<void> {
  const role = client.escapeIdentifier(name);
  const known = await client.query('select from pg_roles where rolname = $1', [name]);
  const verb = known.rowCount === 0 ? 'create' : 'alter';
  await client.query(`${verb} role ${role} login password ${client.escapeLiteral(password)}`);
  // Unless it is a superuser, only a member of a role may make it the owner of a database, or take a database from it.
  const { superuser } = await queryRow(
    client,
    z.object({ superuser: z.boolean() }),
    'select rolsuper as superuser from pg_roles where rolname = current_user',
  );
  if (!superuser) await client.query(`grant ${role} to current_user`);
}

/** The same encoding and collation on every server. */
const portable = `template template0 encoding 'UTF8' locale_provider libc lc_collate 'C' lc_ctype 'C'`;

/** Creates the database for its owner, and allows only its roles to connect. */
async function ensureDatabase(client: Client, adminUrl: string, name: string, roles: Roles): Promise<void> {
  const database = client.escapeIdentifier(name);
  const owner = roles.get('owner')!;
  const [existing] = await queryRows(
    client,
    z.object({ owner: z.string() }),
    'select pg_get_userbyid(datdba) as owner from pg_database where datname = $1',
    [name],
  );
  if (existing === undefined) {
    await client.query(`create database ${database} owner ${client.escapeIdentifier(owner)} ${portable}`);
  } else if (existing.owner !== owner) {
    await takeOver(adminUrl, name, existing.owner, owner);
  }
  await client.query(`revoke all on database ${database} from public`);
  await refuseLargeObjects(adminUrl, name);
  for (const [credential, role] of roles) {
    if (credential === 'owner') continue;
    await client.query(`grant connect on database ${database} to ${client.escapeIdentifier(role)}`);
  }
}

/** Makes the owner role the owner of a database that an early release created for the service role. */
async function takeOver(adminUrl: string, database: string, from: string, to: string): Promise<void> {
  const url = Object.assign(new URL(adminUrl), { pathname: `/${database}` });
  await connected(url.href, async (client) => {
    const owner = client.escapeIdentifier(to);
    // First the database: its owner may create in the schema, which PostgreSQL asks of an object's new owner.
    await client.query(`alter database ${client.escapeIdentifier(database)} owner to ${owner}`);
    await client.query(`reassign owned by ${client.escapeIdentifier(from)} to ${owner}`);
  });
}

/**
 * Revokes the right to create large objects, which could fill the disk. PostgreSQL grants it to every role. Only a
 * superuser can revoke it; another administrator leaves it as it is.
 */
async function refuseLargeObjects(adminUrl: string, database: string): Promise<void> {
  const url = Object.assign(new URL(adminUrl), { pathname: `/${database}` });
  await connected(url.href, async (client) => {
    const rows = await queryRows(
      client,
      z.object({ statement: z.string() }),
      `select format('revoke execute on function %s from public', oid::regprocedure) as statement
       from pg_proc
       where pronamespace = 'pg_catalog'::regnamespace and proname in ('lo_creat', 'lo_create', 'lo_from_bytea')
         and has_function_privilege('public', oid, 'execute')
         and (select rolsuper from pg_roles where rolname = current_user)`,
    );
    for (const { statement } of rows) await client.query(statement);
  });
}
