import type { Client } from 'pg';
import { queueSchema } from '#jobs/queue-schema.ts';
import type { Credential, DatabaseName } from './credentials.ts';

/** Settings of a session, by name. The values are SQL, as `alter role … set` takes them. */
export type RoleSettings = Readonly<Record<string, string>>;

/**
 * A role carries the settings of its sessions. Processes send none when they connect, since a pooler refuses most
 * start-up parameters and does not keep what a session sets.
 */
const forProcesses: RoleSettings = {
  // The client gives up after the same time (platform/postgres/database.ts) and then no longer waits for the server.
  statement_timeout: "'30s'",
  // A transaction only works in memory between two statements. A client that is silent for longer is gone, and where the
  // network does not tell the server, it would keep the locks of its rows for hours.
  idle_in_transaction_session_timeout: "'10s'",
};

const forTables: RoleSettings = {
  // Random reads cost as much as sequential ones in memory and on SSDs. With the default of 4, made for rotating disks,
  // PostgreSQL prefers reading a table whole until it has some hundred rows, and keeps such a plan while the table grows.
  random_page_cost: '1.1',
};

const forQueues: RoleSettings = {
  search_path: `${queueSchema}, public`,
  // The queue holds no truth: what a crash of the server takes from it comes again from the outboxes.
  synchronous_commit: 'off',
};

/** The settings that the sessions of a role need. The owner's have no time-outs: migrations may take long. */
export function roleSettings(name: DatabaseName, credential: Credential): RoleSettings {
  if (credential === 'verifier') return { default_transaction_read_only: 'on' };
  if (name === 'router' || credential === 'listener') return {};
  if (name === 'jobs') return forQueues;
  return credential === 'owner' ? forTables : { ...forProcesses, ...forTables };
}

/** Gives a role its settings. To be called with the right to alter it. */
export async function giveSettings(client: Client, role: string, settings: RoleSettings): Promise<void> {
  for (const statement of statementsFor(client, role, settings)) await client.query(statement);
}

/** The statements that give a role those of its settings that neither it nor the database has, with any value. */
export async function missingSettings(client: Client, role: string, settings: RoleSettings): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select split_part(setting, '=', 1) as name
     from pg_db_role_setting, unnest(setconfig) as setting
     where setrole in (0, (select oid from pg_roles where rolname = $1))
       and setdatabase in (0, (select oid from pg_database where datname = current_database()))`,
    [role],
  );
  const known = new Set(rows.map(({ name }) => name));
  const missing = Object.entries(settings).filter(([name]) => !known.has(name));
  return statementsFor(client, role, Object.fromEntries(missing));
}

function statementsFor(client: Client, role: string, settings: RoleSettings): string[] {
  return Object.entries(settings).map(
    ([name, value]) => `alter role ${client.escapeIdentifier(role)} set ${name} = ${value}`,
  );
}
