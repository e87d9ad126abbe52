import { defineEntity, p } from '@mikro-orm/postgresql';

/** How often a password or a code of a signed-in user was tried since the first try of the window. */
export const IdentityTries = defineEntity({
  name: 'IdentityTries',
  tableName: 'identity_tries',
  properties: {
    userId: p.uuid().primary(),
    tries: p.integer(),
    firstAt: p.datetime(3).defaultRaw('now()'),
  },
});
