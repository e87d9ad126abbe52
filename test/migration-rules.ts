import type { DatabaseMigration } from '#platform/postgres/brief-lock-waits.ts';

/** The rules for a migration that runs while processes of the last release use the database (docs/migrations.md). */

/** What a migration does that a running process of the last release cannot bear. */
export type Fault =
  | 'removes'
  | 'renames'
  | 'changes a type'
  | 'requires a value'
  | 'reads or rewrites the table under a lock'
  | 'builds an index under a lock'
  | 'revokes a right'
  | 'hides its statements';

/** @returns the statements of a migration, in order. Those that read the database get no rows. */
export async function statementsOf({ class: Given }: DatabaseMigration): Promise<string[]> {
  const executed: string[] = [];
  class Recorded extends Given {
    override async execute(sql: unknown) {
      executed.push(String(sql));
      return await Promise.resolve([]);
    }
  }
  // Only `execute` uses the driver and the configuration.
  const migration = new Recorded(undefined as never, undefined as never);
  await migration.up();
  return [...migration.getQueries().map(String), ...executed];
}

/**
 * @param given statements of one migration. A table that one of them creates has no users yet, so all may be done to it.
 * @returns the faults, each with the beginning of its statement.
 */
export function faultsOf(given: readonly string[]): string[] {
  const statements = given.flatMap((text) => withoutTexts(text).split(';')).map((statement) => statement.trim());
  const created = new Set(statements.flatMap((statement) => matched(statement, createdTable)));
  return statements.flatMap((statement) =>
    faultsOfStatement(statement, created).map((fault) => `${fault}: ${statement.slice(0, 100)}`),
  );
}

const createdTable = /^create (?:unlogged )?table (?:if not exists )?([\w."]+)/;
const alteredTable = /^alter table (?:if exists )?(?:only )?([\w."]+) (.*)/;
const indexedTable = /^create (?:unique )?index (?!concurrently).*?\bon (?:only )?([\w."]+)/;

/** Faults of statements of other kinds than `alter table` and `create index`. */
const ofStatements: readonly (readonly [RegExp, Fault])[] = [
  [/^drop (?:table|view|materialized view|type|domain|sequence|schema|owned)\b/, 'removes'],
  [/^alter (?:view|materialized view|sequence|domain|schema|function|type) .*\b(?:rename|set schema)\b/, 'renames'],
  [/^alter (?:type|domain) (?!.*\b(?:rename|set schema|add value)\b)/, 'changes a type'],
  [
    /^(?:lock|truncate|cluster|vacuum full|reindex (?!.*\bconcurrently\b))\b/,
    'reads or rewrites the table under a lock',
  ],
  [/^revoke\b/, 'revokes a right'],
  [/^do\b/, 'hides its statements'],
];

/** Faults of the actions of `alter table`. */
const ofActions: readonly (readonly [RegExp, Fault])[] = [
  [/^drop (?!constraint\b)/, 'removes'],
  [/^(?:rename|set schema)\b/, 'renames'],
  [/^alter (?:column )?\S+ (?:set data )?type\b/, 'changes a type'],
  [/^alter (?:column )?\S+ (?:set not null|drop default|drop identity|drop expression)\b/, 'requires a value'],
  [/^set (?:logged|unlogged|tablespace|access method)\b/, 'reads or rewrites the table under a lock'],
];

const constraint = /^add (?:constraint \S+ )?(?:check|foreign key|unique|primary key|exclude|not null)\b/;
const volatile = /\b(?:gen_random_uuid|uuidv\d|random|clock_timestamp|nextval)\b/;
const readsRows = /\b(?:check|references|unique|primary key|generated|(?:small|big)?serial)\b/;

function faultsOfStatement(statement: string, created: ReadonlySet<string>): Fault[] {
  const [altered, actions] = matched(statement, alteredTable);
  if (altered !== undefined) return created.has(altered) ? [] : partsOf(actions!).flatMap(faultsOfAction);
  const [indexed] = matched(statement, indexedTable);
  if (indexed !== undefined) return created.has(indexed) ? [] : ['builds an index under a lock'];
  return ofStatements.flatMap(([pattern, fault]) => (pattern.test(statement) ? [fault] : []));
}

function faultsOfAction(action: string): Fault[] {
  if (constraint.test(action)) {
    return /\bnot valid$|\busing index\b/.test(action) ? [] : ['reads or rewrites the table under a lock'];
  }
  if (/^add\b/.test(action)) {
    const isRequired = /\bnot null\b/.test(action) && !/\b(?:default|generated)\b/.test(action);
    const readsOrRewrites = readsRows.test(action) || volatile.test(action);
    return [
      ...(isRequired ? (['requires a value'] as const) : []),
      ...(readsOrRewrites ? (['reads or rewrites the table under a lock'] as const) : []),
    ];
  }
  return ofActions.flatMap(([pattern, fault]) => (pattern.test(action) ? [fault] : []));
}

/** Without comments, and without what functions and texts contain: none of it is a statement of the migration. */
function withoutTexts(statement: string): string {
  return statement
    .replaceAll(/--.*$/gmu, ' ')
    .replaceAll(/\$(\w*)\$.*?\$\1\$/gsu, '$$$$')
    .replaceAll(/'(?:[^']|'')*'/gu, "''")
    .replaceAll(/\s+/gu, ' ')
    .toLowerCase();
}

/** Splits at the commas that no bracket encloses. */
function partsOf(list: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const character of list) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim());
}

function matched(text: string, pattern: RegExp): string[] {
  return pattern.exec(text)?.slice(1) ?? [];
}
