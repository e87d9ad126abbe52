import { randomBytes } from 'node:crypto';
import { refuse, type Refusal } from '#platform/errors/refusal.ts';
import { type Viewer, viewerOf } from '#platform/identity/identity.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { ormTime } from '#platform/postgres/expressions.ts';
import { now } from '#platform/process/clock.ts';
import { isId } from '#platform/validation/ids.ts';
import type { UserContext } from '#user/context.ts';
import { dataExportState } from '#user/domain/data-export.ts';
import { DataExport } from '#user/entities/data-export.ts';
import { type Confirmed, refusedWithout } from './confirmations.ts';
import { linkHash, linkTokenBytes } from './data-exports.ts';
import { lockViewer } from './own-session.ts';

/** How long a link works. */
const linkTtlS = 300;

/** A link of the router. It works once, and only with the customer's own access token. */
export interface DataExportLink {
  readonly path: string;
  readonly expiresAt: Date;
}

interface Input extends Confirmed {
  readonly exportId: string;
}

/** Returns a new link to the viewer's archive. It replaces an earlier link, which then does not work. */
export async function downloadMyData(context: UserContext, input: Input) {
  const { em, identity } = context;
  const refused = await refusedWithout(input.confirmation, context);
  if (refused !== null) return refused;
  const viewer = viewerOf(identity);
  return await em.transactional(async (transaction) => await linkTo(transaction, viewer, input));
}

async function linkTo(
  em: Manager,
  viewer: Viewer,
  { exportId }: Input,
): Promise<DataExportLink | Refusal<'NOT_FOUND' | 'EXPORT_NOT_READY'>> {
  const { id: userId } = await lockViewer(em, viewer);
  const field = ['input', 'exportId'];
  const own = isId(exportId) ? await em.findOne(DataExport, { id: exportId, userId }, { refresh: true }) : null;
  if (own === null) return refuse('NOT_FOUND', 'This archive does not exist or is not yours.', field);
  if (dataExportState(own, now()) !== 'READY') {
    return refuse('EXPORT_NOT_READY', 'This archive is not ready, or it was downloaded, or it has expired.', field);
  }

  const token = randomBytes(linkTokenBytes).toString('base64url');
  const link = { linkHash: linkHash(token), linkExpiresAt: ormTime(linkTtlS) };
  await em.nativeUpdate(DataExport, { id: exportId }, link);
  const { linkExpiresAt } = await em.findOneOrFail(DataExport, { id: exportId }, { refresh: true });
  return { path: `/my-data/${token}`, expiresAt: linkExpiresAt! };
}
