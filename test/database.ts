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
import { testSetting } from './test-setting.ts';

/** One URL for each database. */
export type OneUrlEach = Readonly<Record<DatabaseName, string>>;

/** Databases of one test. Only the requested ones exist. */
export interface TestDatabases {
  /** URLs with the roles of the processes. */
  readonly processes: DatabaseUrls;
  /** URLs with a role that has the rights of all processes of a subgraph, for tests that call the code of several. */
  readonly urls: OneUrlEach;
  /** URLs with the role that owns the tables, for statements of the test itself. */
  readonly owners: OneUrlEach;
  readonly verifierUrls: VerifierUrls;
  /** Runs a statement as the owner of the tables. */
  readonly asOwner: (name: DatabaseName, statement: string, values?: unknown[]) => Promise<QueryResultRow[]>;
  /** Drops the databases, even if sessions are connected. */
  readonly drop: () => Promise<void>;
}

/**
 * Creates migrated, empty databases for one test: the named ones, or all. The first call in a run migrates a template of
 * each; later databases are copies of it.
 */
export async function createDatabases(...wanted: readonly DatabaseName[]): Promise<TestDatabases> {
  const names = wanted.length === 0 ? databaseNames : wanted;
  const suffix = randomBytes(4).toString('hex');
  const copyOf = (name: DatabaseName) => `${prefix()}${name}_${suffix}`;
  await asAdmin(async (admin) => {
    await makeTemplates(admin, names);
    for (const name of names) await copyTemplate(admin, name, copyOf(name));
  });
  const processes = mapUrls(databaseUrls(testSetting('WALLET_TEST_DATABASE_URL'), prefix()), (name, url) =>
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

const prefix = () => testSetting('WALLET_TEST_PREFIX');

/** A complete template accepts no connections, so it can be copied at any time. */
async function makeTemplates(admin: Client, names: readonly DatabaseName[]): Promise<void> {
  await admin.query('select pg_advisory_lock(hashtext($1))', [`templates of ${prefix()}`]);
  const urls = databaseUrls(testSetting('WALLET_TEST_DATABASE_URL'), prefix());
  const templates = databaseNames.map((name) => `${prefix()}${name}`);
  const { rows } = await admin.query<{ name: string; open: boolean }>(
    'select datname as name, datallowconn as open from pg_database where datname = any($1)',
    [templates],
  );
  if (rows.length < templates.length) await provision(testSetting('WALLET_TEST_DATABASE_URL'), prefix());
  const complete = new Set(rows.filter(({ open }) => !open).map(({ name }) => name));
  const incomplete = names.filter((name) => !complete.has(`${prefix()}${name}`));
  await migrateAll(Object.fromEntries(incomplete.map((name) => [name, urls[name]])));
  for (const name of incomplete) {
    await makeCodeRole(admin, name);
    await admin.query(`alter database ${prefix()}${name} allow_connections false`);
  }
  await admin.query('select pg_advisory_unlock(hashtext($1))', [`templates of ${prefix()}`]);
}

/** In a test, the code of a subgraph's server and of its worker runs in one process. */
const codeRole = (name: DatabaseName) => `${prefix()}${name}_code`;
const codeCredentials: readonly Credential[] = ['service', 'worker'];

async function makeCodeRole(admin: Client, name: DatabaseName): Promise<void> {
  const role = codeRole(name);
  const { password } = new URL(withRole(testSetting('WALLET_TEST_DATABASE_URL'), role));
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
  await connected(testSetting('WALLET_TEST_DATABASE_URL'), work);

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

/** @returns the URL with another role; its password is derived from the administrator's, as for all roles. */
function withRole(url: string, username: string): string {
  const { password } = new URL(testSetting('WALLET_TEST_DATABASE_URL'));
  return Object.assign(new URL(url), { username, password: derivedPassword(password, username) }).href;
}
