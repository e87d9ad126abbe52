import { sql } from 'kysely';
import type { Manager } from '#platform/postgres/database.ts';
import { secondsFromNow } from '#platform/postgres/expressions.ts';

/** How long a ready archive can be downloaded. */
const downloadableS = 7 * 86_400;

export interface ExportRequest {
  readonly exportId: string;
}

/** Makes requested archives ready. A repeated call changes nothing, and neither does one for a deleted user. */
export async function openExports(em: Manager, requests: readonly ExportRequest[]): Promise<void> {
  const ids = requests.map(({ exportId }) => exportId);
  await sql`
    update data_exports set ready_at = now(), expires_at = ${secondsFromNow(downloadableS)}
    where id = any(${ids}::uuid[]) and ready_at is null
  `.execute(em.getKysely());
}
