import { searchPath } from '#platform/postgres/row-hash.ts';

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
