import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';

export const User = defineEntity({
  name: 'User',
  tableName: 'users',
  properties: {
    id: p.uuid().primary(),
    email: p.text(),
    /** When the customer proved that the address is theirs; null until then. */
    emailProvedAt: p.datetime(3).nullable(),
    emailKey: p.text(),
    name: p.text(),
    passwordHash: p.text(),
    version: p.integer(),
    createdAt: p.datetime(3).defaultRaw('now()'),
  },
});

export type UserRow = InferEntity<typeof User>;
