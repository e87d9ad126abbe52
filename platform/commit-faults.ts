import type pg from 'pg';
import { isPlannedAt, reach } from './fault-points.ts';

/**
 * Lets a fault strike before or after each commit, where one is planned: those of transactions, and statements that
 * change something outside of one. It is told apart by the text of the statements.
 */
export function strikeAtCommits(client: pg.PoolClient): void {
  if (!isPlannedAt(['before commit', 'after commit'])) return;
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  let transaction: string[] | null = null;

  async function commit(statements: readonly string[], given: readonly unknown[]): Promise<unknown> {
    const subject = statements.join('\n');
    reach('before commit', subject);
    const answer = await query(...given);
    reach('after commit', subject);
    return answer;
  }

  const struck = (...given: unknown[]): unknown => {
    const [statement] = given;
    if (typeof statement !== 'string') return query(...given);
    if (/^(?:begin|start transaction)\b/.test(statement)) transaction = [];
    const statements = [...(transaction ?? []), statement];
    if (transaction !== null) transaction = statements;
    if (/^(?:commit|rollback)$/.test(statement)) transaction = null;
    const isAlone = statements.length === 1 && /^\s*(?:insert|update|delete|with)\b/.test(statement);
    return statement === 'commit' || isAlone ? commit(statements, given) : query(...given);
  };
  Object.assign(client, { query: struck });
}
