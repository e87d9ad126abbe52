import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, type QueryResultRow } from 'pg';
import {
  type Credential,
  credentialsOf,
  type DatabaseName,
  databaseNames,
  type DatabaseUrls,
  databaseUrls,
  derivedPassword,
  roleOf,
  type VerifierUrls,
  verifierUrlsOf,
} from '#local/credentials.ts';
import { migrateAll } from '#local/migrations.ts';
import { provision } from '#local/provision.ts';
import { giveSettings, roleSettings } from '#local/role-settings.ts';
import { sqlState } from '#platform/postgres/database.ts';
import { given } from './given.ts';

/** One address for each database. */
export type OneUrlEach = Readonly<Record<DatabaseName, string>>;

/** Databases that were not asked for do not exist. */
export interface TestDatabases {
  /** Under the roles that the processes have. */
  readonly processes: DatabaseUrls;
  /** Under a role that may do what any process of a subgraph may: for tests that call the code of several. */
  readonly urls: OneUrlEach;
  /** Under the role that owns the tables: for what a test itself does to them. */
  readonly owners: OneUrlEach;
  readonly verifierUrls: VerifierUrls;
  /** Runs a statement as the owner of the tables. */
  readonly asOwner: (name: DatabaseName, statement: string, values?: unknown[]) => Promise<QueryResultRow[]>;
  /** Also takes them from whoever is still connected. */
  readonly drop: () => Promise<void>;
}

/**
 * Databases of the caller's own, migrated and empty; those that are named, or all. The first caller in a run migrates
 * one of each, which everybody's are copied from.
 */
export async function createDatabases(...wanted: readonly DatabaseName[]): Promise<TestDatabases> {
  const names = wanted.length === 0 ? databaseNames : wanted;
  const suffix = randomBytes(4).toString('hex');
  const copyOf = (name: DatabaseName) => `${prefix()}${name}_${suffix}`;
  await asAdmin(async (admin) => {
    await makeTemplates(admin, names);
    for (const name of names) await copyTemplate(admin, name, copyOf(name));
  });
  const processes = mapUrls(databaseUrls(given('WALLET_TEST_DATABASE_URL'), prefix()), (name, url) =>
    withDatabase(url, copyOf(name)),
  );
  return {
    processes,
    urls: forEach((name) => withRole(processes[name].owner, codeRole(name))),
    owners: forEach((name) => processes[name].owner),
    verifierUrls: verifierUrlsOf(processes),
    asOwner: async (name, statement, values = []) =>
      await connected(processes[name].owner, async (client) => (await client.query(statement, values)).rows),
    drop: async () =>
      await asAdmin(async (admin) => {
        for (const name of names) await admin.query(`drop database if exists ${copyOf(name)} with (force)`);
      }),
  };
}

const prefix = () => given('WALLET_TEST_PREFIX');

/** A template that is complete takes no connections, so that it can be copied at any time. */
async function makeTemplates(admin: Client, names: readonly DatabaseName[]): Promise<void> {
  await admin.query('select pg_advisory_lock(hashtext($1))', [`templates of ${prefix()}`]);
  const urls = databaseUrls(given('WALLET_TEST_DATABASE_URL'), prefix());
  const templates = databaseNames.map((name) => `${prefix()}${name}`);
  const { rows } = await admin.query<{ name: string; open: boolean }>(
    'select datname as name, datallowconn as open from pg_database where datname = any($1)',
    [templates],
  );
  if (rows.length < templates.length) await provision(given('WALLET_TEST_DATABASE_URL'), prefix());
  const complete = new Set(rows.filter(({ open }) => !open).map(({ name }) => name));
  const incomplete = names.filter((name) => !complete.has(`${prefix()}${name}`));
  await migrateAll(Object.fromEntries(incomplete.map((name) => [name, urls[name]])));
  for (const name of incomplete) {
    await makeCodeRole(admin, name);
    await admin.query(`alter database ${prefix()}${name} allow_connections false`);
  }
  await admin.query('select pg_advisory_unlock(hashtext($1))', [`templates of ${prefix()}`]);
}

/** In a test the code of a subgraph's server and that of its worker run in one process. */
const codeRole = (name: DatabaseName) => `${prefix()}${name}_code`;
const codeCredentials: readonly Credential[] = ['service', 'worker'];

async function makeCodeRole(admin: Client, name: DatabaseName): Promise<void> {
  const role = codeRole(name);
  const { password } = new URL(withRole(given('WALLET_TEST_DATABASE_URL'), role));
  await admin.query(`create role ${role} login password ${admin.escapeLiteral(password)}`);
  for (const credential of codeCredentials.filter((one) => credentialsOf(name).includes(one))) {
    await admin.query(`grant ${roleOf(name, credential, prefix())} to ${role}`);
    await giveSettings(admin, role, roleSettings(name, credential));
  }
}

/** The last connection of a template's migration may take a moment to end (55006, object in use). */
async function copyTemplate(admin: Client, database: DatabaseName, name: string): Promise<void> {
  const template = `${prefix()}${database}`;
  for (let triesLeft = 50; ; triesLeft -= 1) {
    try {
      await admin.query(`create database ${name} template ${template} owner ${roleOf(database, 'owner', prefix())}`);
      await admin.query(`revoke all on database ${name} from public`);
      for (const role of connecting(database)) await admin.query(`grant connect on database ${name} to ${role}`);
      return;
    } catch (error) {
      if (sqlState(error) !== '55006' || triesLeft === 0) throw error;
      await delay(100);
    }
  }
}

const asAdmin = async <Result>(work: (admin: Client) => Promise<Result>): Promise<Result> =>
  await connected(given('WALLET_TEST_DATABASE_URL'), work);

async function connected<Result>(connectionString: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const connecting = (name: DatabaseName) =>
  credentialsOf(name)
    .filter((credential) => credential !== 'owner')
    .map((credential) => roleOf(name, credential, prefix()));

function forEach(urlOf: (name: DatabaseName) => string): OneUrlEach {
  return Object.fromEntries(databaseNames.map((name) => [name, urlOf(name)])) as OneUrlEach;
}

function mapUrls(urls: DatabaseUrls, change: (name: DatabaseName, url: string) => string): DatabaseUrls {
  const changed = databaseNames.map((name) => [
    name,
    Object.fromEntries(Object.entries(urls[name]).map(([credential, url]) => [credential, change(name, url)])),
  ]);
  return Object.fromEntries(changed) as DatabaseUrls;
}

const withDatabase = (url: string, name: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;

/** The address for another role, whose password is derived from the administrator's as that of the others is. */
function withRole(url: string, username: string): string {
  const { password } = new URL(given('WALLET_TEST_DATABASE_URL'));
  return Object.assign(new URL(url), { username, password: derivedPassword(password, username) }).href;
}
