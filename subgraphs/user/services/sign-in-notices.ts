import type { Manager } from '#platform/postgres/database.ts';
import { ormTime } from '#platform/postgres/expressions.ts';
import type { UserContext } from '#user/context.ts';
import type { FactorChange } from '#user/domain/account-mails.ts';
import { placeOf } from '#user/domain/place.ts';
import { Session } from '#user/entities/session.ts';
import type { UserRow } from '#user/entities/user.ts';
import { isToldEnough } from './mail-limits.ts';
import { noteMail } from './note-mail.ts';
import { rememberedS } from './sessions.ts';

/**
 * Notes a message about a sign-in from a device and network that the user has not used within 90 days; at most 50 in an
 * hour. To be called before the session begins, in its transaction.
 */
export async function noteNewDevice(
  em: Manager,
  user: UserRow,
  { outbox, caller }: Pick<UserContext, 'outbox' | 'caller'>,
): Promise<void> {
  const data = { device: caller.device, place: placeOf(caller.sender) };
  const known = { userId: user.id, ...data, lastUsedAt: { $gt: ormTime(-rememberedS) } };
  if ((await em.findOne(Session, known, { disableIdentityMap: true })) !== null) return;
  if (await isToldEnough(em, user, 'NEW_DEVICE')) return;
  await noteMail(em, outbox, { user, kind: 'NEW_DEVICE', data });
}

/** Notes a message about a change of the second factors, in its transaction. */
export async function noteFactorChange(
  em: Manager,
  user: UserRow,
  change: FactorChange,
  { outbox }: Pick<UserContext, 'outbox'>,
): Promise<void> {
  await noteMail(em, outbox, { user, kind: 'FACTOR_CHANGED', data: { change } });
}
