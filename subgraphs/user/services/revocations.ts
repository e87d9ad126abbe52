import type { Manager } from '#platform/postgres/database.ts';
import { ormTime } from '#platform/postgres/expressions.ts';
import { ApiClient } from '#user/entities/api-client.ts';
import { DeletedUser } from '#user/entities/deleted-user.ts';
import { errorText, type Log } from '#platform/telemetry/log.ts';

/** The deleted users, and the revoked API clients, whose access tokens may not have expired yet. */
export interface Revocations {
  readonly recent: () => Promise<ReadonlySet<string>>;
  /** Adds a user or an API client whose deletion or revocation this process has committed. */
  readonly add: (id: string) => void;
}

export interface DeletionRules {
  readonly ACCESS_TOKEN_TTL_S: number;
}

/** The interval at which a process reads what other processes have deleted and revoked. */
const rememberedMs = 1_000;

/** Covers a token's last second and small clock differences. */
const marginS = 60;

export function trackRevocations(em: Manager, rules: DeletionRules, log: Log): Revocations {
  let known: ReadonlySet<string> | undefined;
  let readAtMs = -Infinity;
  let reading: Promise<ReadonlySet<string>> | undefined;
  /** Those that were added after the current read began. The read may miss them. */
  let added: string[] = [];

  async function read(): Promise<ReadonlySet<string>> {
    added = [];
    try {
      const ids = await readRecent(em.fork(), rules);
      readAtMs = performance.now();
      known = new Set([...ids, ...added]);
      return known;
    } catch (error) {
      if (known === undefined) throw error;
      log.warn(
        { reason: errorText(error) },
        'could not read the deleted users and revoked clients; using the cached ones',
      );
      return known;
    } finally {
      reading = undefined;
    }
  }

  return {
    recent: async () => {
      if (known !== undefined && performance.now() - readAtMs < rememberedMs) return known;
      return await (reading ??= read());
    },
    add: (id) => {
      added.push(id);
      known = new Set([...(known ?? []), id]);
    },
  };
}

async function readRecent(em: Manager, { ACCESS_TOKEN_TTL_S: ttlS }: DeletionRules): Promise<string[]> {
  const recent = { $gt: ormTime(-(ttlS + marginS)) };
  const deleted = await em.find(DeletedUser, { deletedAt: recent }, { fields: ['userId'], disableIdentityMap: true });
  const revoked = await em.find(ApiClient, { revokedAt: recent }, { fields: ['id'], disableIdentityMap: true });
  return [...deleted.map(({ userId }) => userId), ...revoked.map(({ id }) => id)];
}

/** Records a deletion in the transaction that deletes the user. Removes records whose tokens have all expired. */
export async function noteDeletion(em: Manager, userId: string, { ACCESS_TOKEN_TTL_S: ttlS }: DeletionRules) {
  await em.nativeDelete(DeletedUser, { deletedAt: { $lt: ormTime(-(ttlS + marginS)) } });
  await em.insert(DeletedUser, { userId });
}
