import { userInfo } from 'node:os';
import type { Acting } from '#platform/audit/acting.ts';
import { openDatabase } from '#platform/postgres/database.ts';
import { loadDatabase } from '#subgraphs/load.ts';
import type { OutboxOwner } from '#subgraphs/manifest.ts';
import { settingOf } from './credentials.ts';
import { findOwnDatabases } from './own-databases.ts';
import { StartFault } from './start-fault.ts';

/**
 * Works in the database of a subgraph with the role of the commands for operators. The audit log names the system user.
 *
 * @throws StartFault if the URL of the role is not known.
 */
export async function asOperator<Result>(
  command: 'operators' | 'dead-letters',
  name: OutboxOwner,
  work: (acting: Acting) => Promise<Result>,
): Promise<Result> {
  const url = findOwnDatabases(process.env, command)[name]?.operator;
  if (url === undefined) throw new StartFault(`${settingOf(name, 'operator')} is not set.`);
  const database = await openDatabase(await loadDatabase(name), { url, poolSize: 1, applicationName: command });
  try {
    return await work({
      em: database.em.fork(),
      actor: { systemUser: `command by ${userInfo().username}` },
      caller: { sender: 'this machine' },
    });
  } finally {
    await database.close();
  }
}

/** A text for a terminal: without control characters, line breaks and direction overrides. */
export function printable(text: string): string {
  return text.replaceAll(/\p{C}/gu, '�');
}
