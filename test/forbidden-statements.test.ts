import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connected } from '#local/connected.ts';
import { credentialsOf, databaseNames, type DatabaseName } from '#local/credentials.ts';
import { sqlState } from '#platform/postgres/database.ts';
import { createDatabases, type TestDatabases } from './database.ts';

let databases: TestDatabases;

beforeAll(async () => {
  databases = await createDatabases();
});
afterAll(async () => await databases.drop());

/** The role lacks a privilege (42501), or may see no schema at all (3F000). */
const refusals = new Set(['42501', '3F000']);

/** @returns for each statement whether a missing right refuses it. Each runs in a transaction that is rolled back. */
async function outcomes(url: string, statements: readonly string[]): Promise<Record<string, string>> {
  return await connected(url, async (client) => {
    const states: Record<string, string> = {};
    for (const statement of statements) {
      await client.query('begin');
      states[statement] = await client.query(statement).then(
        () => 'done',
        (error: unknown) => {
          const state = sqlState(error) ?? String(error);
          return refusals.has(state) ? 'refused' : state;
        },
      );
      await client.query('rollback');
    }
    return states;
  });
}

/** Statements that change the rules of a table, or take all of its rows. */
const onTable = (table: string) => [
  `alter table ${table} disable trigger all`,
  `alter table ${table} add column more text`,
  `alter table ${table} drop column if exists id`,
  `alter table ${table} drop constraint if exists any_of_them`,
  `alter table ${table} add check (true)`,
  `alter table ${table} owner to current_user`,
  `alter table ${table} rename to other`,
  `alter table ${table} set (fillfactor = 10)`,
  `alter table ${table} enable row level security`,
  `drop table ${table} cascade`,
  `truncate ${table} cascade`,
  `create index on ${table} ((1))`,
  `create trigger mine before insert on ${table} for each row execute function suppress_redundant_updates_trigger()`,
  `create rule mine as on insert to ${table} do instead nothing`,
  `create policy mine on ${table}`,
  `comment on table ${table} is 'mine'`,
  `copy ${table} to '/tmp/stolen'`,
  `copy ${table} from program 'true'`,
];

/** Statements that create objects, take over another role, or reach files and other sessions. */
const anywhere = (owner: string) => [
  'create table mine ()',
  'create temporary table accounts ()',
  'create temporary view entries as select 1',
  'create temporary sequence mine',
  'create table pg_temp.accounts ()',
  'create unlogged table mine ()',
  'create view mine as select 1',
  'create materialized view mine as select 1',
  'create schema mine',
  'create sequence mine',
  'create type mine as (one integer)',
  'create domain mine as integer',
  `create function mine() returns integer language sql as 'select 1'`,
  `create function pg_temp.mine() returns integer language sql as 'select 1'`,
  `create or replace function entries_before(account uuid, moment timestamptz, inclusive boolean) returns integer
     language sql as 'select 1'`,
  `create procedure mine() language sql as ''`,
  `create operator public.= (leftarg = integer, rightarg = integer, function = int4eq)`,
  'create cast (integer as text) with inout as implicit',
  'create extension dblink',
  'create language mine handler plpgsql_call_handler',
  'create foreign data wrapper mine',
  'create event trigger mine on ddl_command_start execute function suppress_redundant_updates_trigger()',
  'create publication mine',
  'create role mine',
  'drop schema public cascade',
  `drop owned by ${owner}`,
  `reassign owned by ${owner} to current_user`,
  `set role ${owner}`,
  `set session authorization ${owner}`,
  `grant ${owner} to current_user`,
  'alter role current_user superuser',
  'alter role current_user createrole',
  `alter role ${owner} password 'mine'`,
  'set session_replication_role = replica',
  `select set_config('session_replication_role', 'replica', false)`,
  `copy (select 1) to program 'true'`,
  `copy (select 1) to '/tmp/mine'`,
  `select pg_read_file('postgresql.conf')`,
  `select pg_ls_dir('.')`,
  `select lo_import('/etc/passwd')`,
  'select lo_create(0)',
  'select lo_creat(-1)',
  `select lo_from_bytea(0, 'mine')`,
  'select pg_reload_conf()',
  'select passwd from pg_shadow',
  'select rolpassword from pg_authid',
];

const processes = databaseNames.flatMap((name) =>
  credentialsOf(name)
    .filter((credential) => credential !== 'owner' && credential !== 'verifier')
    .map((credential): [DatabaseName, string] => [name, credential]),
);

describe.each(processes)('in the %s database its %s', (name, credential) => {
  const url = () => (databases.processes[name] as Readonly<Record<string, string>>)[credential]!;
  const refused = (statements: readonly string[]) =>
    Object.fromEntries(statements.map((statement) => [statement, 'refused']));

  test('cannot change the rules of a table or drop it', async () => {
    const tables = await connected(databases.owners[name], async (client) => {
      const { rows } = await client.query<{ name: string }>(
        `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'bullmq')`,
      );
      return rows.map((row) => row.name);
    });
    const statements = tables.flatMap(onTable);

    expect(statements.length).toBeGreaterThan(0);
    expect(await outcomes(url(), statements)).toEqual(refused(statements));
  });

  test('cannot create objects, change its role or access files', async () => {
    const statements = anywhere(new URL(databases.owners[name]).username);

    expect(await outcomes(url(), statements)).toEqual(refused(statements));
  });

  test('cannot end a session of another role', async () => {
    await connected(databases.owners[name], async (client) => {
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      const statements = [`select pg_terminate_backend(${rows[0]!.pid})`, `select pg_cancel_backend(${rows[0]!.pid})`];

      expect(await outcomes(url(), statements)).toEqual(refused(statements));
    });
  });
});

/**
 * PostgreSQL looks up the names in a body of SQL's standard form when the function is created, not when it runs. A
 * function that runs with its owner's rights sets its search path in any case.
 */
test.each(databaseNames)('each function in the %s database sets its own search path', async (name) => {
  const lacking = await connected(databases.owners[name], async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select oid::regprocedure::text as name from pg_proc
       where pronamespace = 'public'::regnamespace and (prosqlbody is null or prosecdef)
         and not coalesce(array_to_string(proconfig, ' ') ~ 'search_path=', false)`,
    );
    return rows.map((row) => row.name);
  });

  expect(lacking).toEqual([]);
});
