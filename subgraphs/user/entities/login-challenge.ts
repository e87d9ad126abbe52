import { defineEntity, p } from '@mikro-orm/postgresql';

/** A login whose password was correct and whose second factor is not proved yet. */
export const LoginChallenge = defineEntity({
  name: 'LoginChallenge',
  tableName: 'login_challenges',
  properties: {
    tokenHash: p.blob().primary(),
    userId: p.uuid(),
    expiresAt: p.datetime(3),
  },
});
