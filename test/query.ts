import type { QueryResultRow } from 'pg';
import { connected } from '#local/connected.ts';

/** Runs statements one after the other on a connection of their own, and returns the rows of the last one. */
export async function query(url: string, ...statements: readonly string[]): Promise<QueryResultRow[]> {
  return await connected(url, async (client) => {
    let rows: QueryResultRow[] = [];
    for (const statement of statements) ({ rows } = await client.query<QueryResultRow>(statement));
    return rows;
  });
}
