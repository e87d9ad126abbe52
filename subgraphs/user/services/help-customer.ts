import type { Acting } from '#platform/audit/acting.ts';
import type { UserContext } from '#user/context.ts';
import { Session } from '#user/entities/session.ts';
import { actForCustomer, type ActRequest } from './act-for-customer.ts';
import { revokeEveryClient } from './api-clients.ts';
import { isToldEnough } from './mail-limits.ts';
import { noteMail } from './note-mail.ts';
import { removeFactors } from './second-factors.ts';
import { endEverySession } from './sessions.ts';
import { noteFactorChange } from './sign-in-notices.ts';

/** Acts of operators for customers who were robbed, or who have lost a device. The customer is told. */

/** Ends all sessions of a customer, and revokes all API clients. */
export async function endCustomerSessions(context: UserContext & Acting, request: ActRequest) {
  return await actForCustomer<never>(context, request, async ({ em, user, record }) => {
    const open = await em.find(
      Session,
      { userId: user.id, endedAt: null },
      { fields: ['id'], disableIdentityMap: true },
    );
    const sessions = open.length;
    await endEverySession(em, user.id);
    const apiClients = await revokeEveryClient(em, user.id);
    if (!(await isToldEnough(em, user, 'SESSIONS_ENDED'))) {
      await noteMail(em, context.outbox, { user, kind: 'SESSIONS_ENDED', data: {} });
    }
    await record({ act: 'ENDED_SESSIONS', before: { sessions, apiClients }, after: { sessions: 0, apiClients: 0 } });
    return null;
  });
}

/** Removes all second factors of a customer. The customer signs in with the password and sets new ones. */
export async function resetSecondFactors(context: UserContext & Acting, request: ActRequest) {
  return await actForCustomer<never>(context, request, async ({ em, user, record }) => {
    await removeFactors(em, user.id);
    if (!(await isToldEnough(em, user, 'FACTOR_CHANGED'))) await noteFactorChange(em, user, 'FACTORS_RESET', context);
    await record({ act: 'RESET_SECOND_FACTORS' });
    return null;
  });
}
