import { defineEntity, p } from '@mikro-orm/postgresql';
import type { JWK } from 'jose';

export const SigningKey = defineEntity({
  name: 'SigningKey',
  tableName: 'signing_keys',
  properties: {
    kid: p.text().primary(),
    publicJwk: p.json().$type<JWK>(),
    privateJwk: p.json().$type<JWK>(),
    createdAt: p.datetime(3).defaultRaw('now()'),
    retiredAt: p.datetime(3).nullable(),
    /** The key's age in seconds, by the database's clock. */
    ageS: p.float().formula(({ createdAt }) => `extract(epoch from now() - ${createdAt})::float8`),
    /** The seconds since the key was retired: negative before that, null without a time of retirement. */
    retiredForS: p
      .float()
      .formula(({ retiredAt }) => `extract(epoch from now() - ${retiredAt})::float8`)
      .nullable(),
  },
});
