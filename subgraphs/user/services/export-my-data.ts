import { randomUUIDv7 } from 'node:crypto';
import { isRefusal, type Refusal, refuseUntil } from '#platform/errors/refusal.ts';
import { type Viewer, viewerOf } from '#platform/identity/identity.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { ormTime } from '#platform/postgres/expressions.ts';
import { now } from '#platform/process/clock.ts';
import type { UserContext } from '#user/context.ts';
import { isUnderWay } from '#user/domain/data-export.ts';
import { DataExport, type DataExportRow } from '#user/entities/data-export.ts';
import { type Confirmed, refusedWithout } from './confirmations.ts';
import { newestDataExport } from './data-exports.ts';
import { lockViewer } from './own-session.ts';

/** The most archives that a customer can request in a day: one, and two more where a download broke off. */
const maxPerDay = 3;
const dayS = 86_400;

/**
 * Requests an archive of the viewer's data. The same commit notes the request in the outbox; a worker makes the archive
 * ready. While an archive is under way, a further request returns that one.
 */
export async function exportMyData(
  context: UserContext,
  { confirmation }: Confirmed,
): Promise<DataExportRow | Refusal<'CONFIRMATION_REQUIRED' | 'TOO_MANY_EXPORTS'>> {
  const refused = await refusedWithout(confirmation, context);
  if (refused !== null) return refused;
  const { em, identity, outbox } = context;
  const viewer = viewerOf(identity);
  const requested = await em.transactional(async (transaction) => await request(transaction, viewer, context));
  if (!isRefusal(requested)) outbox.wakeRelay();
  return requested;
}

async function request(em: Manager, viewer: Viewer, { outbox }: UserContext) {
  const { id: userId } = await lockViewer(em, viewer);
  const newest = await newestDataExport(em, userId);
  if (newest !== null && isUnderWay(newest, now())) return newest;
  const ofLastDay = { userId, requestedAt: { $gt: ormTime(-dayS) } };
  const newestFirst = { fields: ['requestedAt'], orderBy: { requestedAt: 'desc' }, limit: maxPerDay } as const;
  const full = (await em.find(DataExport, ofLastDay, newestFirst))[maxPerDay - 1];
  if (full !== undefined) {
    const waitS = dayS - (now().getTime() - full.requestedAt.getTime()) / 1_000;
    return refuseUntil('TOO_MANY_EXPORTS', `You can request your data ${maxPerDay} times a day.`, waitS);
  }

  const id = randomUUIDv7();
  await em.insert(DataExport, { id, userId });
  await outbox.note(em, [{ kind: 'export-requested', payload: { exportId: id, userId } }]);
  return (await newestDataExport(em, userId))!;
}
