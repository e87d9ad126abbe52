import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { migrateAll } from '#local/migrations.ts';
import {
  type DatabaseOwner,
  databaseOwners,
  type DatabaseUrls,
  provision,
  verifiedOwners,
  type VerifierUrls,
  verifierUrls,
} from '#local/provision.ts';
import { sqlState } from '#platform/database.ts';
import { given } from './given.ts';

export interface TestDatabases {
  /** A role and a database for each owner; those that were not asked for do not exist. */
  readonly urls: DatabaseUrls;
  /** The same for the role that verifies. */
  readonly verifierUrls: VerifierUrls;
  /** Also takes them from whoever is still connected. */
  readonly drop: () => Promise<void>;
}

/**
 * Databases of the caller's own, migrated and empty; of the given owners, or of all. The first caller in a run
 * migrates one per owner, which everybody's are copied from.
 */
export async function createDatabases(...wanted: readonly DatabaseOwner[]): Promise<TestDatabases> {
  const owners = wanted.length === 0 ? databaseOwners : wanted;
  const prefix = given('WALLET_TEST_PREFIX');
  const suffix = randomBytes(4).toString('hex');
  const nameOf = (owner: DatabaseOwner) => `${prefix}${owner}_${suffix}`;
  const readable = verifierUrls(given('WALLET_TEST_DATABASE_URL'), prefix);
  const templates = await asAdmin(async (admin) => await makeTemplates(admin, prefix, owners));
  await asAdmin(async (admin) => {
    for (const owner of owners) await copy(admin, `${prefix}${owner}`, nameOf(owner));
    for (const owner of verifiedOwners.filter((owner) => owners.includes(owner))) {
      await admin.query(`grant connect on database ${nameOf(owner)} to ${new URL(readable[owner]).username}`);
    }
  });
  return {
    verifierUrls: {
      user: withDatabase(readable.user, nameOf('user')),
      billing: withDatabase(readable.billing, nameOf('billing')),
      order: withDatabase(readable.order, nameOf('order')),
      notification: withDatabase(readable.notification, nameOf('notification')),
    },
    urls: {
      user: withDatabase(templates.user, nameOf('user')),
      billing: withDatabase(templates.billing, nameOf('billing')),
      order: withDatabase(templates.order, nameOf('order')),
      notification: withDatabase(templates.notification, nameOf('notification')),
      jobs: withDatabase(templates.jobs, nameOf('jobs')),
      router: withDatabase(templates.router, nameOf('router')),
    },
    drop: async () =>
      await asAdmin(async (admin) => {
        for (const owner of owners) await admin.query(`drop database if exists ${nameOf(owner)} with (force)`);
      }),
  };
}

/** A template that is complete takes no connections, so that it can be copied at any time. */
async function makeTemplates(admin: Client, prefix: string, owners: readonly DatabaseOwner[]): Promise<DatabaseUrls> {
  await admin.query('select pg_advisory_lock(hashtext($1))', [`templates of ${prefix}`]);
  const urls = await provision(given('WALLET_TEST_DATABASE_URL'), prefix);
  const { rows } = await admin.query<{ name: string }>('select datname as name from pg_database where datallowconn');
  const incomplete = owners.filter((owner) => rows.some(({ name }) => name === `${prefix}${owner}`));
  await migrateAll(Object.fromEntries(incomplete.map((owner) => [owner, urls[owner]])));
  for (const owner of incomplete) await admin.query(`alter database ${prefix}${owner} allow_connections false`);
  return urls;
}

/** The last connection of a template's migration may take a moment to end (55006, object in use). */
async function copy(admin: Client, template: string, name: string): Promise<void> {
  for (let triesLeft = 50; ; triesLeft -= 1) {
    try {
      await admin.query(`create database ${name} template ${template} owner ${template}`);
      await admin.query(`revoke all on database ${name} from public`);
      return;
    } catch (error) {
      if (sqlState(error) !== '55006' || triesLeft === 0) throw error;
      await delay(100);
    }
  }
}

async function asAdmin<Result>(work: (admin: Client) => Promise<Result>): Promise<Result> {
  const admin = new Client({ connectionString: given('WALLET_TEST_DATABASE_URL') });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

function withDatabase(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}
