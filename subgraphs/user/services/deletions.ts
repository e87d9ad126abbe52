import type { Manager } from '#platform/postgres/database.ts';
import { ormTime } from '#platform/postgres/expressions.ts';
import { DeletedUser } from '#user/entities/deleted-user.ts';
import { errorText, type Log } from '#platform/telemetry/log.ts';

/** The deleted users whose access tokens may not have expired yet. */
export interface Deletions {
  readonly recent: () => Promise<ReadonlySet<string>>;
  /** Adds a user whose deletion this process has committed. */
  readonly add: (userId: string) => void;
}

export interface DeletionRules {
  readonly ACCESS_TOKEN_TTL_S: number;
}

/** The interval at which a process reads the deletions of other processes. */
const rememberedMs = 1_000;

/** Covers a token's last second and small clock differences. */
const marginS = 60;

export function trackDeletions(em: Manager, rules: DeletionRules, log: Log): Deletions {
  let known: ReadonlySet<string> | undefined;
  let readAtMs = -Infinity;
  let reading: Promise<ReadonlySet<string>> | undefined;
  /** Users who were deleted after the current read began. The read may miss them. */
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
      log.warn({ reason: errorText(error) }, 'could not read the deletions; using the cached ones');
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
    add: (userId) => {
      added.push(userId);
      known = new Set([...(known ?? []), userId]);
    },
  };
}

async function readRecent(em: Manager, { ACCESS_TOKEN_TTL_S: ttlS }: DeletionRules): Promise<string[]> {
  const recent = { deletedAt: { $gt: ormTime(-(ttlS + marginS)) } };
  const deleted = await em.find(DeletedUser, recent, { fields: ['userId'], disableIdentityMap: true });
  return deleted.map(({ userId }) => userId);
}

/** Records a deletion in the transaction that deletes the user. Removes records whose tokens have all expired. */
export async function noteDeletion(em: Manager, userId: string, { ACCESS_TOKEN_TTL_S: ttlS }: DeletionRules) {
  await em.nativeDelete(DeletedUser, { deletedAt: { $lt: ormTime(-(ttlS + marginS)) } });
  await em.insert(DeletedUser, { userId });
}
