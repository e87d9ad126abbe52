/** A table of so many rows fills more than the ten pages that PostgreSQL assumes before it has looked. */
const firstLookAfterRows = 2_000;

/**
 * Lets PostgreSQL first look at a table when it has that many rows, for tables that grow and are read by index.
 *
 * A prepared statement keeps its plan until PostgreSQL looks at the table again, which it does once a minute at most. By
 * default it first looks after 50 rows, which fill a page or two, and then plans to read the table whole: every
 * statement reads more and more while the table grows. Of a table that it has never looked at it assumes ten pages, and
 * plans by index.
 */
export function firstLookLater(table: string): string {
  const settings = [
    'autovacuum_analyze_threshold',
    'autovacuum_vacuum_threshold',
    'autovacuum_vacuum_insert_threshold',
  ];
  return `alter table ${table} set (${settings.map((name) => `${name} = ${firstLookAfterRows}`).join(', ')})`;
}
