import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { Client } from 'pg';
import { createDatabases } from './database.ts';

/** docs/personal-data.md says of every table of every database what it keeps, how long and why. */

async function tablesOf(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ table_name: string }>(`
      select distinct table_name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`);
    return rows.map(({ table_name: name }) => name);
  } finally {
    await client.end();
  }
}

/** The tables in the first column of the table “What is kept”, as `database.table`. */
function documented(names: readonly string[]): Set<string> {
  const page = readFileSync(new URL('../docs/personal-data.md', import.meta.url), 'utf8');
  const section = page.slice(page.indexOf('## What is kept'), page.indexOf('## The archive'));
  const cells = [...section.matchAll(/^\| ([^|]+) \|/gm)].map(([, cell]) => cell!);
  return new Set(
    cells.flatMap((cell) => {
      const of = cell.startsWith('every ')
        ? names
        : names.filter((name) => cell.split(':')[0]!.split(', ').includes(name));
      return of.flatMap((name) => [...cell.matchAll(/`([a-z_]+)`/g)].map(([, table]) => `${name}.${table}`));
    }),
  );
}

test('the page on personal data lists every table of every database, and no other', async () => {
  const databases = await createDatabases();
  try {
    const found = await Promise.all(
      Object.entries(databases.owners).map(async ([name, url]) =>
        (await tablesOf(url)).map((table) => `${name}.${table}`),
      ),
    );
    const listed = documented(Object.keys(databases.owners));
    const existing = new Set(found.flat());
    expect([...existing].filter((table) => !listed.has(table)).toSorted()).toEqual([]);
    expect(
      [...listed].filter((table) => !existing.has(table) && !/\.(?:outbox|mikro_orm_migrations)$/.test(table)),
    ).toEqual([]);
  } finally {
    await databases.drop();
  }
});
