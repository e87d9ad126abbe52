import type { Manager } from '#platform/postgres/database.ts';
import { ormTime } from '#platform/postgres/expressions.ts';
import { DeletedUser } from '#user/entities/deleted-user.ts';
import { errorText, type Log } from '#platform/telemetry/log.ts';

/** The users who were deleted so recently that an access token of theirs may not have expired. */
export interface Deletions {
  readonly recent: () => Promise<ReadonlySet<string>>;
  /** Adds a user whose deletion this process has committed. */
  readonly add: (userId: string) => void;
}

export interface DeletionRules {
  readonly ACCESS_TOKEN_TTL_S: number;
}

/** How often a process looks for users whom other processes have deleted. */
const rememberedMs = 1_000;

/** A token's last second, and clocks that differ a little. */
const marginS = 60;

export function trackDeletions(em: Manager, rules: DeletionRules, log: Log): Deletions {
  let known: ReadonlySet<string> | undefined;
  let readAtMs = -Infinity;
  let reading: Promise<ReadonlySet<string>> | undefined;
  /** Deleted after the current read began, which may not see them. */
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
      log.warn({ reason: errorText(error) }, 'the deletions cannot be read; those known before are used');
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

/** To be called in the transaction that deletes the user; forgets those whose tokens have all expired. */
export async function noteDeletion(em: Manager, userId: string, { ACCESS_TOKEN_TTL_S: ttlS }: DeletionRules) {
  await em.nativeDelete(DeletedUser, { deletedAt: { $lt: ormTime(-(ttlS + marginS)) } });
  await em.insert(DeletedUser, { userId });
}
