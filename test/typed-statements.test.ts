import { expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { project } from '#local/command.ts';

/** What a source must not contain, since nothing would check it against the database. docs/decisions.md says what to use. */
const unchecked: readonly { readonly what: string; readonly pattern: RegExp; readonly except: readonly string[] }[] = [
  {
    what: 'a piece of SQL with a stated type',
    pattern: /\bsql(?:\.\w+)?<(?!\/)/,
    except: ['platform/postgres/expressions.ts', 'platform/postgres/asynchronous-commit.ts'],
  },
  {
    what: 'the rows of a statement without a schema',
    pattern: /\{\s*rows\b[^}]*\}\s*=\s*await sql\b|\.execute<|\bexecuteQuery</,
    except: ['platform/postgres/postgres-dialect.ts'],
  },
  {
    what: 'the rows of a connection with a stated type',
    pattern: /\b(?:query|stream|list)<|\bQueryResult</,
    // BullMQ states the types of its own statements, and Kysely those of its queries.
    except: ['jobs/queue-pool.ts', 'platform/postgres/postgres-dialect.ts'],
  },
  {
    what: 'the rows of a connection without a schema',
    pattern: /\{\s*rows\b[^}]*\}[^=;]*=\s*await [\w.#]+\.query\(|(?<!'\w+|\.\.)\.rows\b(?!\.(?:head|advance)\b)/,
    except: ['platform/postgres/query-rows.ts', 'checks/verify/snapshot.ts'],
  },
  {
    what: 'a cast of rows',
    pattern: /\brows?(?:\[\w+\])?[!)]*\s+as\s+(?:readonly\s+)?(?:[A-Z{]|unknown\b|any\b|never\b)/,
    // The first reads entities, the second returns what Kysely has typed, and the third has checked each column.
    except: ['platform/postgres/batch-rows.ts', 'platform/postgres/postgres-dialect.ts', 'checks/verify/row-parser.ts'],
  },
  {
    what: 'an insert that lists its columns itself',
    pattern: /\binsert into \w+\s*\((?!\$\{)/i,
    // These are a migration's statements.
    except: ['platform/audit/audit-table.ts'],
  },
  {
    what: 'a batch whose columns have positions instead of names',
    pattern: /\bunnest\(\s*\$\{/i,
    except: ['platform/postgres/batch-rows.ts'],
  },
];

const sources = globSync('{platform,subgraphs,jobs,router,deploy,k8s,checks/verify}/**/*.ts', { cwd: project }).filter(
  (file) => !/\.test\.ts$|\.generated\.ts$|\/migrations\//.test(file),
);

const faultsIn = (file: string, text: string) =>
  unchecked
    .filter(({ pattern, except }) => !except.includes(file) && pattern.test(text))
    .map(({ what }) => `${file}: ${what}`);

test('no statement states types or lists columns that nothing checks', () => {
  expect(sources.length).toBeGreaterThan(200);
  for (const folder of ['checks/verify/', 'deploy/local/', 'k8s/processes/', 'router/', 'jobs/']) {
    expect(sources.filter((file) => file.startsWith(folder))).not.toEqual([]);
  }
  expect(sources.flatMap((file) => faultsIn(file, readFileSync(join(project, file), 'utf8')))).toEqual([]);
});

test.each([
  'const { rows } = await sql<{ id: string }>`select id from users`.execute(kysely);',
  'const { rows } = await sql`select id from users`.execute(kysely);',
  "query.where('id', '=', sql.val<string>(id))",
  'sql`insert into users (id, name) values (${id}, ${name})`',
  'sql`insert into users (id) select * from unnest(${ids}::uuid[])`',
  "const { rows } = await client.query<{ id: string }>('select id from users');",
  'await snapshot.stream<User>(`select id from users`)',
  "await snapshot.list<{ id: string }>('select id from users', [])",
  "const { rows }: QueryResult<User> = await client.query('select id from users');",
  "const { rows } = await this.#client.query('select id from users');",
  "const users: User[] = (await client.query('select id from users')).rows;",
  'const names = known.rows.map(({ name }) => name);',
  'return rows as User[];',
  'return rows as readonly User[];',
  'const [user] = rows as unknown as User[];',
  'return rows[0]! as User;',
  'rows.map((row) => row as User)',
])('finds %s', (text) => {
  expect(faultsIn('deploy/local/any.ts', text)).not.toEqual([]);
});

test.each([
  'const { rows } = await query.executeTakeFirstOrThrow();',
  "const rows = await queryRows(client, user, 'select id as name from users');",
  'await snapshot.stream(parseUser, `select id from users`)',
  'const row = stream.rows.head;',
  'select count(*)::int as rows from users as people',
])('accepts %s', (text) => {
  expect(faultsIn('deploy/local/any.ts', text)).toEqual([]);
});
