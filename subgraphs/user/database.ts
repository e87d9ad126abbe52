import type { InferKyselyTable } from '@mikro-orm/postgresql';
import type { DatabaseDefinition, Manager } from '#platform/database.ts';
import { RefreshToken } from './entities/refresh-token.ts';
import { SigningKey } from './entities/signing-key.ts';
import { User } from './entities/user.ts';
import { Users } from './migrations/2026-11-21-users.ts';

export const database: DatabaseDefinition = {
  entities: [User, RefreshToken, SigningKey],
  migrations: [{ name: '2026-11-21-users', class: Users }],
};

const naming = { columnNamingStrategy: 'property' } as const;

interface Tables {
  users: InferKyselyTable<typeof User, typeof naming>;
  refresh_tokens: InferKyselyTable<typeof RefreshToken, typeof naming>;
  signing_keys: InferKyselyTable<typeof SigningKey, typeof naming>;
}

/** Typed queries, in the transaction of `em` if it is in one. */
export const tables = (em: Manager) => em.getKysely<Tables>(naming);
