import { defineEntity, p } from '@mikro-orm/postgresql';
import type { Scope } from '#platform/identity/scopes.ts';
import type { RowOf } from '#platform/postgres/database.ts';

/** A program that acts for its user within its scopes. It has one secret, and for a while after a rotation two. */
export const ApiClient = defineEntity({
  name: 'ApiClient',
  tableName: 'api_clients',
  properties: {
    id: p.uuid().primary(),
    userId: p.uuid(),
    name: p.text(),
    scopes: p.array().$type<readonly Scope[]>(),
    /** The SHA-256 of the newest secret. */
    secretHash: p.blob(),
    /** When the newest secret was first used; null where it was not. */
    secretUsedAt: p.datetime(3).nullable(),
    /** The SHA-256 of the secret before it, which counts until `oldSecretEndsAt`. */
    oldSecretHash: p.blob().nullable(),
    oldSecretEndsAt: p.datetime(3).nullable(),
    createdAt: p.datetime(3).defaultRaw('now()'),
    expiresAt: p.datetime(3),
    /** When it last got an access token; null where it did not. */
    lastUsedAt: p.datetime(3).nullable(),
    revokedAt: p.datetime(3).nullable(),
  },
});

export type ApiClientRow = RowOf<typeof ApiClient>;
