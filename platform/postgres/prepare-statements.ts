import { createHash } from 'node:crypto';

/** Limits the prepared statements of a connection: a statement with lists of any length has any number of texts. */
const maxPrepared = 500;

/** Names by text. A name is a hash of its text, so clients that share a server connection agree on its statement. */
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

/** PostgreSQL refuses a prepared statement whose result a migration has changed by adding a column. */
const selectsAllColumns = /^\s*select (?:"?\w+"?\.)?\*|\breturning (?:"?\w+"?\.)?\*/i;

/**
 * Statements that PostgreSQL must plan at each execution, because it would keep the plan of a prepared statement. An
 * idle outbox is empty. A plan made then would scan the whole outbox for each of the 900 rows of a claim.
 */
const findsOutboxRows = /\b(?:from|update) outbox\b/i;
