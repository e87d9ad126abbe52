/** A function with this setting finds the ledger's tables, regardless of the session's search path. */
export const searchPath = 'set search_path = pg_catalog, public, pg_temp';

/** Statements that make a table refuse these events, for every role. */
export function refuse(events: string, table: string, what: string): readonly string[] {
  return [
    `create function keep_${table}() returns trigger language plpgsql ${searchPath} as $$
    begin
      raise exception '${table} are never ${what}' using errcode = 'restrict_violation';
    end $$`,
    `create trigger keep_${table} before ${events} on ${table}
      for each statement execute function keep_${table}()`,
  ];
}
