import { createHash } from 'node:crypto';
import type { Manager } from '#platform/postgres/database.ts';
import { DataExport, type DataExportRow } from '#user/entities/data-export.ts';

/** The newest export of a user. */
export async function newestDataExport(em: Manager, userId: string): Promise<DataExportRow | null> {
  const newestFirst = { requestedAt: 'desc', id: 'desc' } as const;
  return await em.findOne(DataExport, { userId }, { orderBy: newestFirst, refresh: true });
}

/** The random bytes of a link's token. */
export const linkTokenBytes = 32;
const linkTokenText = /^[\w-]{43}$/;

/** The hash under which the database finds a link; null for a text that is no link's token. */
export function linkHash(token: string): Buffer | null {
  return linkTokenText.test(token) ? createHash('sha256').update(token).digest() : null;
}
