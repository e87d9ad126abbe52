import type { Client } from 'pg';
import { z } from 'zod';
import { queryRows } from '#platform/postgres/query-rows.ts';
import type { Rights } from '#platform/postgres/rights.ts';

/**
 * Grants a role these rights in a schema and revokes its other rights there, in one transaction. Does nothing if the
 * role has exactly these rights. Call it as the owner of the tables.
 *
 * @throws if a table does not exist.
 */
export async function grantRights(client: Client, role: string, rights: Rights, schema = 'public'): Promise<void> {
  const [to, where] = [client.escapeIdentifier(role), client.escapeIdentifier(schema)];
  await client.query(`grant usage on schema ${where} to ${to}`);
  const wanted = Object.entries(rights).flatMap(([object, privileges]) => rightsOn(object, privileges));
  const granted = await grantedRights(client, role, schema);
  if (isSame(wanted, granted)) return;
  const statements = [
    `revoke all on all tables in schema ${where} from ${to}`,
    `revoke all on all sequences in schema ${where} from ${to}`,
    ...Object.entries(rights).map(([object, privileges]) => {
      const { kind, name } = objectOf(object);
      return `grant ${privileges} on ${kind} ${where}.${client.escapeIdentifier(name)} to ${to}`;
    }),
  ];
  await client.query(['begin', ...statements, 'commit'].join(';\n'));
}

/** `accounts` is a table, `sequence account_numbers` is not. */
function objectOf(object: string): { readonly kind: string; readonly name: string } {
  const [name = '', kind = 'table'] = object.split(' ').toReversed();
  return { kind, name };
}

/** One text for each right: `accounts select`, `accounts.status update`. */
export function rightsOn(object: string, privileges: string): string[] {
  const { name } = objectOf(object);
  return [...privileges.matchAll(/(\w+)(?: \(([^)]*)\))?/g)].flatMap(([, privilege, columns]) =>
    columns === undefined
      ? [`${name} ${privilege}`]
      : columns.split(', ').map((column) => `${name}.${column} ${privilege}`),
  );
}

/** The rights granted to the role itself, as the same texts as `rightsOn`. */
async function grantedRights(client: Client, role: string, schema: string): Promise<string[]> {
  const rows = await queryRows(
    client,
    z.object({ right: z.string() }),
    `select relname || ' ' || lower(privilege_type) as right
     from pg_class, aclexplode(relacl)
     where relnamespace = $2::regnamespace and grantee = $1::regrole
     union all
     select relname || '.' || attname || ' ' || lower(privilege_type)
     from pg_attribute join pg_class on pg_class.oid = attrelid, aclexplode(attacl)
     where relnamespace = $2::regnamespace and grantee = $1::regrole`,
    [client.escapeIdentifier(role), client.escapeIdentifier(schema)],
  );
  return rows.map(({ right }) => right);
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((right) => other.includes(right));
}
