import { createHash } from 'node:crypto';

/** The texts of a statement with lists of any length have no bound, so the number of prepared statements has one. */
const maxPrepared = 500;

/** By text. The name is a hash of the text: clients that share a server connection never mean two statements by one name. */
const names = new Map<string, string>();

/**
 * The name under which a connection prepares a statement: PostgreSQL parses it once for each connection, which is half
 * of the work for short statements.
 *
 * @returns null for a statement that is not prepared.
 */
export function preparedName(text: string): string | null {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= maxPrepared || selectsAllColumns.test(text) || findsOutboxRows.test(text)) return null;
  const name = createHash('sha256').update(text).digest('base64url');
  names.set(text, name);
  return name;
}

/** A migration that adds a column changes the result of these; PostgreSQL refuses that for a prepared statement. */
const selectsAllColumns = /^\s*select (?:"?\w+"?\.)?\*|\breturning (?:"?\w+"?\.)?\*/i;

/**
 * PostgreSQL plans a prepared statement once and keeps the plan. The outbox is empty at rest: a plan from then reads the
 * whole outbox for each of the 900 rows of a claim. These are planned each time, for the rows that there are.
 */
const findsOutboxRows = /\b(?:from|update) outbox\b/i;
