import { isPlannedAt, reach } from '../process/fault-points.ts';

/** Sends a statement on a connection, and acts before and after it. */
export type StatementHook = <Answer>(text: string, send: () => Promise<Answer>) => Promise<Answer>;

/**
 * Injects the planned fault before or after each commit of one connection: the commit of a transaction, or of a
 * statement that changes data outside a transaction. It recognises both by the text of the statement.
 *
 * @returns null if no such fault is planned.
 */
export function injectCommitFaults(): StatementHook | null {
  if (!isPlannedAt(['before commit', 'after commit'])) return null;
  let transaction: string[] | null = null;

  return async function send(text, sendStatement) {
    if (/^(?:begin|start transaction)\b/.test(text)) transaction = [];
    const statements = [...(transaction ?? []), text];
    if (transaction !== null) transaction = statements;
    if (/^(?:commit|rollback)$/.test(text)) transaction = null;
    const isAlone = statements.length === 1 && /^\s*(?:insert|update|delete|with)\b/.test(text);
    if (text !== 'commit' && !isAlone) return await sendStatement();

    const subject = statements.join('\n');
    reach('before commit', subject);
    const answer = await sendStatement();
    reach('after commit', subject);
    return answer;
  };
}
