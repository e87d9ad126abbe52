import { createHash } from 'node:crypto';
import type pg from 'pg';

/** Statements whose texts have as many forms as their lists are long could be without number. */
const mostPrepared = 500;

/** By text. Named by what they say, so that a name means the same to all who share a server's connections. */
const names = new Map<string, string>();

/** Lets PostgreSQL parse and plan a statement once for each connection: for short statements that is half of the work. */
export function prepareStatements(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  const prepared = (...given: unknown[]): unknown => {
    const [text, values] = given;
    const name = typeof text === 'string' && Array.isArray(values) ? nameOf(text) : null;
    return name === null ? query(...given) : query({ name, text, values });
  };
  Object.assign(client, { query: prepared });
}

function nameOf(text: string): string | null {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= mostPrepared || answersAllColumns.test(text)) return null;
  const name = createHash('sha256').update(text).digest('base64url');
  names.set(text, name);
  return name;
}

/** What these answer changes when a migration adds a column, which a prepared statement may not. */
const answersAllColumns = /^\s*select (?:"?\w+"?\.)?\*|\breturning (?:"?\w+"?\.)?\*/i;
