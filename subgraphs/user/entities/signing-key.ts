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
  },
});
