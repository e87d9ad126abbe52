import { refuse, type Refusal } from '#platform/errors/refusal.ts';
import { type Viewer, viewerOf } from '#platform/identity/identity.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { ormTime } from '#platform/postgres/expressions.ts';
import type { UserContext } from '#user/context.ts';
import { DataExport, type DataExportRow } from '#user/entities/data-export.ts';
import { linkHash } from './data-exports.ts';
import { lockViewer } from './own-session.ts';

interface Input {
  readonly token: string;
}

/** Uses a link: one of concurrent calls gets the archive, which is DOWNLOADED from then on. */
export async function takeMyData({ em, identity }: UserContext, input: Input) {
  const viewer = viewerOf(identity);
  return await em.transactional(async (transaction) => await take(transaction, viewer, input));
}

async function take(em: Manager, viewer: Viewer, { token }: Input): Promise<DataExportRow | Refusal<'INVALID_TOKEN'>> {
  const { id: userId } = await lockViewer(em, viewer);
  const hash = linkHash(token);
  const linked = { userId, linkHash: hash, linkExpiresAt: { $gt: ormTime() }, downloadedAt: null };
  const own = hash === null ? null : await em.findOne(DataExport, linked, { refresh: true });
  if (own === null) return refuse('INVALID_TOKEN', 'This link does not work. Request a new one.', ['input', 'token']);
  const used = { downloadedAt: ormTime(), linkHash: null, linkExpiresAt: null };
  await em.nativeUpdate(DataExport, { id: own.id }, used);
  return await em.findOneOrFail(DataExport, { id: own.id }, { refresh: true });
}
