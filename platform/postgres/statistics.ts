/** A table with this many rows fills more than the ten pages that PostgreSQL assumes before its first analysis. */
const firstLookAfterRows = 2_000;

/**
 * Delays PostgreSQL's first analysis of a table until it has that many rows, for growing tables that are read by index.
 *
 * A prepared statement keeps its plan until the next analysis, which runs once a minute at most. By default, the first
 * analysis runs after 50 rows, which fill a page or two, so PostgreSQL plans a scan of the table. Each execution then
 * reads more as the table grows. Before the first analysis, PostgreSQL assumes ten pages and plans by index.
 */
export function firstLookLater(table: string): string {
  const settings = [
    'autovacuum_analyze_threshold',
    'autovacuum_vacuum_threshold',
    'autovacuum_vacuum_insert_threshold',
  ];
  return `alter table ${table} set (${settings.map((name) => `${name} = ${firstLookAfterRows}`).join(', ')})`;
}
