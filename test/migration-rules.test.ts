import { expect, test } from '@jest/globals';
import { loadDatabase, loadEach } from '#subgraphs/load.ts';
import { subgraphNames } from '#subgraphs/manifest.ts';
import { type Fault, faultsOf, statementsOf } from './migration-rules.ts';

const beforeRules = 'It is of before 0.2.0, and the upgrade to 0.2.0 stops all processes first.';

/** The migrations that break a rule, with the reason why they may. */
const exceptions: Readonly<Record<string, string>> = {
  'billing 2026-12-05-payable': beforeRules,
  'billing 2026-12-06-rules': beforeRules,
  'billing 2026-12-08-signed-outbox': beforeRules,
  'billing 2026-12-10-row-hashes': beforeRules,
  'order 2026-12-08-signed-outbox': beforeRules,
  'order 2026-12-10-row-hashes': beforeRules,
  'user 2026-12-08-signed-outbox': beforeRules,
  'user 2026-12-13-proved-emails': `${beforeRules} The default is of a column that the migration adds, which may be null.`,
  'user 2026-12-20-refused-mails': beforeRules,
};

test('a running process of the last release can bear every migration but the listed ones', async () => {
  const databases = await loadEach(subgraphNames, loadDatabase);
  const faults = new Map<string, string[]>();
  for (const name of subgraphNames) {
    for (const migration of databases[name].migrations) {
      const found = faultsOf(await statementsOf(migration));
      if (found.length > 0) faults.set(`${name} ${migration.name}`, found);
    }
  }
  expect([...faults].filter(([name]) => exceptions[name] === undefined)).toEqual([]);
  expect(Object.keys(exceptions).filter((name) => !faults.has(name))).toEqual([]);
});

test.each<[Fault, string]>([
  ['removes', 'drop table orders'],
  ['removes', 'alter table orders drop column status'],
  ['removes', 'alter table if exists only orders add column note text, drop if exists status'],
  ['renames', 'alter table orders rename to purchases'],
  ['renames', 'alter table orders rename column status to state'],
  ['renames', 'alter sequence account_numbers rename to numbers'],
  ['changes a type', 'ALTER TABLE orders ALTER COLUMN total_minor TYPE integer'],
  ['changes a type', 'alter table orders alter total_minor set data type numeric(9, 2)'],
  ['changes a type', 'alter domain amount add check (value > 0)'],
  ['requires a value', 'alter table orders add column note text not null'],
  ['requires a value', 'alter table orders alter column note set not null'],
  ['requires a value', 'alter table orders alter column status drop default'],
  ['reads or rewrites the table under a lock', 'alter table orders add constraint positive check (total_minor > 0)'],
  ['reads or rewrites the table under a lock', 'alter table orders add foreign key (id) references seals (id)'],
  ['reads or rewrites the table under a lock', 'alter table orders add column note text check (length(note) < 9)'],
  ['reads or rewrites the table under a lock', 'alter table orders add column key uuid default gen_random_uuid()'],
  ['reads or rewrites the table under a lock', 'lock table orders'],
  ['builds an index under a lock', 'create index orders_of_transaction on orders (customer_id)'],
  ['builds an index under a lock', 'create unique index on orders (number)'],
  ['revokes a right', 'revoke update on orders from wallet_order'],
  ['hides its statements', 'do $$ begin drop table orders; end $$'],
  ['removes', `select ';'; -- a remark\n drop table orders`],
])('refuses what %s: %s', (fault, statement) => {
  expect(faultsOf([statement])).toEqual([expect.stringMatching(new RegExp(`^${fault}: `))]);
});

test.each([
  'alter table orders add column note text, add column parts integer not null default 1',
  `alter table orders drop constraint positive, add constraint positive check (status in ('A', 'B')) not valid`,
  'alter table orders validate constraint positive',
  'alter table orders add constraint orders_number unique using index orders_number_new',
  'create index concurrently orders_by_customer on orders (customer_id)',
  `create function f() returns trigger language plpgsql as $$ begin drop table orders; end $$`,
  `comment on table orders is 'not; drop table orders'`,
])('allows %s', (statement) => {
  expect(faultsOf([statement])).toEqual([]);
});

test('allows everything on a table that the same migration creates', () => {
  const table = 'create table corrections (id uuid primary key, kind text not null check (kind <> $$$$))';
  const index = 'create unique index corrections_transaction on corrections (kind)';
  expect(faultsOf([table, index, 'alter table corrections add check (length(kind) < 9)'])).toEqual([]);
});
