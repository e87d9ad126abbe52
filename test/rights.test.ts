import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connected } from '#local/connected.ts';
import { type Credential, credentialsOf } from '#local/credentials.ts';
import { rightsOn } from '#local/rights.ts';
import type { Rights } from '#platform/postgres/rights.ts';
import { loadEach, loadRights } from '#subgraphs/load.ts';
import { type SubgraphName, subgraphNames } from '#subgraphs/manifest.ts';
import { createDatabases, type TestDatabases } from './database.ts';

const declared = await loadEach(subgraphNames, loadRights);

/** What each process reads to learn whether its migrations have run. */
const migrations = { mikro_orm_migrations: 'select' };

let databases: TestDatabases;

beforeAll(async () => {
  databases = await createDatabases();
});
afterAll(async () => await databases.drop());

/**
 * Everything that the connected role may do with tables, columns and sequences, in whatever way it has come by it. A
 * column is named where the right is not one on the whole table.
 */
const everythingAllowed = `
  with relation as (
    select oid, relname as name, relkind = 'S' as is_sequence from pg_class
    where relkind in ('r', 'p', 'v', 'm', 'f', 'S') and relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
  ), on_table as (
    select oid, name, privilege
    from relation, unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) as privilege
    where not is_sequence and has_table_privilege(oid, privilege)
  ), on_column as (
    select oid, name || '.' || attname as name, privilege
    from relation join pg_attribute on attrelid = oid and attnum > 0 and not attisdropped,
      unnest(array['select', 'insert', 'update', 'references']) as privilege
    where not is_sequence and has_column_privilege(oid, attnum, privilege)
  ), on_sequence as (
    select name, privilege from relation, unnest(array['usage', 'select', 'update']) as privilege
    where is_sequence and has_sequence_privilege(oid, privilege)
  )
  select name || ' ' || privilege as right from on_table
  union all
  select name || ' ' || privilege from on_column
  where not exists (
    select from on_table where on_table.oid = on_column.oid and on_table.privilege = on_column.privilege)
  union all
  select name || ' ' || privilege from on_sequence`;

async function allowed(url: string): Promise<string[]> {
  return await connected(url, async (client) => {
    const { rows } = await client.query<{ right: string }>(everythingAllowed);
    return rows.map(({ right }) => right).toSorted();
  });
}

const listed = (rights: Rights) =>
  Object.entries(rights)
    .flatMap(([object, privileges]) => rightsOn(object, privileges))
    .toSorted();

type Declared = Exclude<Credential, 'owner' | 'listener'>;

const roles = subgraphNames.flatMap((name) =>
  credentialsOf(name)
    .filter((credential): credential is Declared => credential !== 'owner')
    .map((credential): [SubgraphName, Declared] => [name, credential]),
);

describe('in every table and sequence there is', () => {
  test.each(subgraphNames)('%s declares rights for each of its credentials, and for no others', (name) => {
    expect(['owner', ...Object.keys(declared[name])].toSorted()).toEqual(credentialsOf(name).toSorted());
  });

  test.each(roles)(
    'the %s database lets its %s do what its rights declare, and nothing else',
    async (name, credential) => {
      const urls: Readonly<Record<string, string>> = databases.processes[name];
      const rights = { ...declared[name][credential], ...(credential === 'verifier' ? {} : migrations) };

      expect(await allowed(String(urls[credential]))).toEqual(listed(rights));
    },
  );

  test('the jobs database lets the router do nothing at all', async () => {
    expect(await allowed(databases.processes.jobs.listener)).toEqual([]);
  });

  test("the router's database lets the router count", async () => {
    expect(await allowed(databases.processes.router.service)).toEqual(
      ['delete', 'insert', 'select', 'update'].map((privilege) => `rate_limits ${privilege}`),
    );
  });
});
