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
    what: 'an insert that lists its columns itself',
    pattern: /\binsert into \w+\s*\((?!\$\{)/i,
    except: [],
  },
  {
    what: 'a batch whose columns have positions instead of names',
    pattern: /\bunnest\(\s*\$\{/i,
    except: ['platform/postgres/batch-rows.ts'],
  },
];

const sources = globSync('{platform,subgraphs,jobs,router}/**/*.ts', { cwd: project }).filter(
  (file) => !/\.test\.ts$|\.generated\.ts$|\/migrations\//.test(file),
);

const faultsIn = (file: string, text: string) =>
  unchecked
    .filter(({ pattern, except }) => !except.includes(file) && pattern.test(text))
    .map(({ what }) => `${file}: ${what}`);

test('no statement of the product states types or lists columns that nothing checks', () => {
  expect(sources.length).toBeGreaterThan(200);
  expect(sources.flatMap((file) => faultsIn(file, readFileSync(join(project, file), 'utf8')))).toEqual([]);
});

test.each([
  'const { rows } = await sql<{ id: string }>`select id from users`.execute(kysely);',
  'const { rows } = await sql`select id from users`.execute(kysely);',
  "query.where('id', '=', sql.val<string>(id))",
  'sql`insert into users (id, name) values (${id}, ${name})`',
  'sql`insert into users (id) select * from unnest(${ids}::uuid[])`',
])('finds %s', (text) => {
  expect(faultsIn('subgraphs/user/services/any.ts', text)).not.toEqual([]);
});
