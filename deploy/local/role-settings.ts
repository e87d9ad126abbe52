import type { Client } from 'pg';
import { z } from 'zod';
import { queueSchema } from '#jobs/queue-schema.ts';
import { queryRows } from '#platform/postgres/query-rows.ts';
import type { Credential, DatabaseName } from './credentials.ts';

/** Session settings by name. The values are SQL, as in `alter role … set`. */
export type RoleSettings = Readonly<Record<string, string>>;

/**
 * The settings belong to the role. Processes send none when they connect, because a pooler refuses most start-up
 * parameters and does not keep what a session sets.
 */
const forProcesses: RoleSettings = {
  // The client has the same time-out (platform/postgres/database.ts).
  statement_timeout: "'15s'",
  // Between two statements a transaction only computes in memory. A client that is silent for longer is gone. If the
  // network does not report that to the server, the transaction would keep its row locks for hours.
  idle_in_transaction_session_timeout: "'10s'",
};

const forTables: RoleSettings = {
  // Random reads cost as much as sequential reads in memory and on SSDs. With the default of 4, for rotating disks,
  // PostgreSQL prefers sequential scans of tables with up to some hundred rows, and keeps the plan while a table grows.
  random_page_cost: '1.1',
};

const forQueues: RoleSettings = {
  search_path: `${queueSchema}, public`,
  // The queue is no source of truth: the outboxes enqueue again what a crash of the server loses.
  synchronous_commit: 'off',
};

/** The session settings of a role. The owner has no time-outs: migrations may take long. */
export function roleSettings(name: DatabaseName, credential: Credential): RoleSettings {
  if (credential === 'verifier') return { default_transaction_read_only: 'on' };
  if (name === 'router' || credential === 'listener') return {};
  if (name === 'jobs') return forQueues;
  return credential === 'owner' ? forTables : { ...forProcesses, ...forTables };
}

/** Sets the settings of a role. The client needs the right to alter the role. */
export async function giveSettings(client: Client, role: string, settings: RoleSettings): Promise<void> {
  for (const statement of statementsFor(client, role, settings)) await client.query(statement);
}

/** The statements that set those settings of a role that neither the role nor the database has, with any value. */
export async function missingSettings(client: Client, role: string, settings: RoleSettings): Promise<string[]> {
  const rows = await queryRows(
    client,
    z.object({ name: z.string() }),
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
