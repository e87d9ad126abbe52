import { Client } from 'pg';
import { type Credential, credentialsOf, type DatabaseName, databaseUrls, roleOf } from '#local/credentials.ts';
import { migrateAll } from '#local/migrations.ts';
import { provision } from '#local/provision.ts';
import { giveSettings, roleSettings } from '#local/role-settings.ts';
import { codeRole, prefix, withRole } from './database.ts';
import { testSetting } from './test-setting.ts';

/** Makes the templates that the databases of tests are copies of. Only the process of the shared resources does it. */

const administrator = () => testSetting('WALLET_TEST_DATABASE_URL');

let provisioned: Promise<unknown> | undefined;
const made = new Map<DatabaseName, Promise<object>>();

/** Settles when the template of a database is migrated. */
export async function template(name: DatabaseName): Promise<object> {
  const making = made.get(name) ?? make(name);
  made.set(name, making);
  return await making;
}

/** A complete template accepts no connections, so it can be copied at any time. */
async function make(name: DatabaseName): Promise<object> {
  provisioned ??= provision(administrator(), prefix());
  await provisioned;
  await migrateAll({ [name]: databaseUrls(administrator(), prefix())[name] });
  const admin = new Client({ connectionString: administrator() });
  await admin.connect();
  await makeCodeRole(admin, name);
  await admin.query(`alter database ${prefix()}${name} allow_connections false`);
  await admin.end();
  return {};
}

const codeCredentials: readonly Credential[] = ['service', 'worker'];

async function makeCodeRole(admin: Client, name: DatabaseName): Promise<void> {
  const role = codeRole(name);
  const { password } = new URL(withRole(administrator(), role));
  await admin.query(`create role ${role} login password ${admin.escapeLiteral(password)}`);
  for (const credential of codeCredentials.filter((one) => credentialsOf(name).includes(one))) {
    await admin.query(`grant ${roleOf(name, credential, prefix())} to ${role}`);
    await giveSettings(admin, role, roleSettings(name, credential));
  }
}
