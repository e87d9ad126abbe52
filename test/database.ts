import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, type QueryResultRow } from 'pg';
import {
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
import { sharedResource } from './shared-resource.ts';
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
 * Creates migrated, empty databases for one test: the named ones, or all. They are copies of a run's templates
 * (templates.ts).
 */
export async function createDatabases(...wanted: readonly DatabaseName[]): Promise<TestDatabases> {
  const names = wanted.length === 0 ? databaseNames : wanted;
  const suffix = randomBytes(4).toString('hex');
  const copyOf = (name: DatabaseName) => `${prefix()}${name}_${suffix}`;
  for (const name of names) await sharedResource(`/template/${name}`);
  await asAdmin(async (admin) => {
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

export const prefix = () => testSetting('WALLET_TEST_PREFIX');

/** In a test, the code of a subgraph's server and of its worker runs in one process. */
export const codeRole = (name: DatabaseName) => `${prefix()}${name}_code`;

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
      if ((error as { readonly code?: string }).code !== '55006' || triesLeft === 0) throw error;
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
export function withRole(url: string, username: string): string {
  const { password } = new URL(testSetting('WALLET_TEST_DATABASE_URL'));
  return Object.assign(new URL(url), { username, password: derivedPassword(password, username) }).href;
}
